"""A bucket that speaks S3. Who we are comes from the standard AWS_* names of the environment, never from a URL."""

from datetime import timedelta

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from core.errors import FyrError

REGION = "eu-north-1"
WITHIN = timedelta(seconds=20)
TRIES = 3


class Bucket:
    """One bucket, under a prefix. A store that is away is `unreachable`."""

    def __init__(self, name: str, *, prefix: str, endpoint: str = "", region: str = REGION) -> None:
        options: dict[str, str] = {"endpoint": endpoint} if endpoint else {}
        self._store = S3Store(
            name,
            prefix=prefix or None,
            region=region,
            virtual_hosted_style_request=not endpoint,
            client_options={"allow_http": endpoint.startswith("http:"), "timeout": WITHIN},
            retry_config={"max_retries": TRIES, "retry_timeout": WITHIN},
            **options,  # type: ignore[arg-type]
        )

    async def put(self, name: str, data: bytes) -> None:
        """Durable when the store has answered."""
        try:
            await obstore.put_async(self._store, name, data, use_multipart=False)
        except BaseError:
            raise _away() from None

    async def get(self, name: str) -> bytes:
        """The bytes."""
        try:
            return bytes(await (await obstore.get_async(self._store, name)).bytes_async())
        except (NotFoundError, FileNotFoundError):
            raise FyrError("not_found") from None
        except BaseError:
            raise _away() from None

    async def delete(self, name: str) -> None:
        """Delete it; S3 says the same of what was not there."""
        try:
            await obstore.delete_async(self._store, name)
        except (NotFoundError, FileNotFoundError):
            return
        except BaseError:
            raise _away() from None

    async def delete_all(self, prefix: str) -> None:
        """Delete page by page."""
        try:
            async for page in obstore.list(self._store, f"{prefix}/"):
                await obstore.delete_async(self._store, [one["path"] for one in page])
        except BaseError:
            raise _away() from None


def _away() -> FyrError:
    """Without the cause: it may quote an address that holds names."""
    return FyrError("unreachable", what="FYR_ATTACHMENTS_URL")
