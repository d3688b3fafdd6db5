"""When PostgreSQL counts as lost: how long it is waited for, and what the driver raises when it has gone."""

import asyncpg

CONNECT_WITHIN_S = 3.0
STATEMENT_WITHIN_S = 10.0
"""A server that says nothing for this long counts as lost."""
LOST = (
    OSError,  # refused, reset, timed out
    asyncpg.exceptions.InterfaceError,  # closed under us
    asyncpg.exceptions.InternalClientError,  # the driver lost count when the server's farewell came between two queries
    asyncpg.exceptions.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,  # shutting down, starting up, ended by an administrator
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.ReadOnlySQLTransactionError,  # no longer the primary
)
