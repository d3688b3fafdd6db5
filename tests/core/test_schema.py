"""Migrations: every way a database may be found at a start, and that the steps make what the code declares."""

import ast
import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

import web.app  # every table is declared once everything is imported
from core.errors import FyrError
from core.storage.schema import STEPS, bring_up_to_date, newest_step, our_release
from core.storage.sql import Database
from core.storage.tables import metadata
from tests.conftest import empty_database
from web.sentences import sentence

DECLARED_BY = web.app
ADDING = {"create_table", "create_index", "add_column"}
NEXT = '''
"""A step of a release to come."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", "{before}"


def upgrade():
    op.create_table("tomorrow", sa.Column("id", sa.String, primary_key=True))
'''


@pytest.fixture
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without any table."""
    opened = empty_database(request, tmp_path)
    yield opened
    await opened.close()


both = pytest.mark.parametrize("empty", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def next_steps(tmp_path: Path) -> Path:
    """The steps of a release that has one more than ours."""
    steps = tmp_path / "migrations"
    shutil.copytree(STEPS, steps)
    (steps / "9001_tomorrow.py").write_text(NEXT.format(before=newest_step()))
    return steps


async def asked(database: Database, query: str) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(text(query))).scalars())


async def step_of(database: Database) -> list[Any]:
    return await asked(database, "SELECT version_num FROM alembic_version")


def release(behind: int) -> str:
    major, minor = our_release().split(".")
    return f"{major}.{int(minor) + behind}"


@both
async def test_an_empty_database_gets_its_tables_and_a_current_one_keeps_them(empty: Database) -> None:
    await empty.migrate()
    assert await step_of(empty) == [newest_step()]
    async with empty.write() as connection:
        await connection.execute(text("INSERT INTO unit_head (unit_id, no) VALUES ('hamnen', 7)"))
    await empty.migrate()
    assert await asked(empty, "SELECT no FROM unit_head") == [7]


@both
async def test_a_database_from_before_migrations_is_taken_over_with_its_rows(empty: Database, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(next(STEPS.glob("0001_*.py")), first)
    await bring_up_to_date(empty.engine, steps=first)
    async with empty.write() as connection:
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.execute(text("DROP TABLE staff_seen"))
        await connection.execute(text("INSERT INTO unit_head (unit_id, no) VALUES ('hamnen', 7)"))
    await empty.migrate()
    assert await step_of(empty) == [newest_step()]
    assert await asked(empty, "SELECT no FROM unit_head") == [7]
    assert await asked(empty, "SELECT seen_ms FROM staff_seen") == []


@both
async def test_a_node_of_the_release_before_goes_on_and_changes_nothing(empty: Database, next_steps: Path) -> None:
    await bring_up_to_date(empty.engine, steps=next_steps, release=release(behind=1))
    await empty.migrate()
    assert await step_of(empty) == ["9001"]
    assert await asked(empty, "SELECT value FROM about WHERE name = 'release'") == [release(behind=1)]


@both
async def test_a_node_two_releases_behind_refuses_in_one_sentence(empty: Database, next_steps: Path) -> None:
    await bring_up_to_date(empty.engine, steps=next_steps, release=release(behind=2))
    with pytest.raises(FyrError, match="node_too_old") as refused:
        await empty.migrate()
    told = sentence(refused.value)
    assert our_release() in told
    assert f"install {release(behind=2)}." in told


@both
async def test_a_newer_node_takes_the_missing_step_once_however_many_start(empty: Database, next_steps: Path) -> None:
    await empty.migrate()
    nodes = [Database(empty.url.render_as_string(hide_password=False)) for _ in range(4)]
    await asyncio.gather(*(bring_up_to_date(node.engine, steps=next_steps, release=release(1)) for node in nodes))
    assert await step_of(empty) == ["9001"]
    assert await asked(empty, "SELECT id FROM tomorrow") == []
    for node in nodes:
        await node.close()


ROLES = """
INSERT INTO staff (id, name, roles) VALUES ('sara', 'Sara Lind', :roles)
ON CONFLICT (id) DO UPDATE SET roles = excluded.roles
"""


@both
async def test_roles_that_were_changed_are_so_for_a_node_of_the_release_before(empty: Database) -> None:
    await empty.migrate()
    query = "SELECT unit_id || ' ' || role FROM staff_role WHERE staff_id = 'sara' ORDER BY unit_id, role"
    async with empty.write() as connection:
        await connection.execute(text("INSERT INTO staff (id, name) VALUES ('sara', 'Sara Lind')"))
        await connection.execute(text("INSERT INTO staff_role VALUES ('sara', 'hamnen', 'nurse')"))
    assert await asked(empty, query) == ["hamnen nurse"]
    for roles, told in (
        (
            '{"hamnen": ["nurse", "unit_lead"], "lyktan": ["auditor"]}',
            ["hamnen nurse", "hamnen unit_lead", "lyktan auditor"],
        ),
        ('{"lyktan": ["auditor"]}', ["lyktan auditor"]),
        ("{}", []),
    ):
        async with empty.write() as connection:
            await connection.execute(text(ROLES), {"roles": roles})
        assert await asked(empty, query) == told


@both
async def test_nodes_that_start_at_once_on_an_empty_database_make_it_once(empty: Database) -> None:
    nodes = [Database(empty.url.render_as_string(hide_password=False)) for _ in range(4)]
    await asyncio.gather(*(node.migrate() for node in nodes))
    assert await step_of(empty) == [newest_step()]
    for node in nodes:
        await node.close()


@both
async def test_a_step_that_fails_leaves_nothing_behind(empty: Database, next_steps: Path) -> None:
    await empty.migrate()
    broken = next_steps / "9001_tomorrow.py"
    broken.write_text(broken.read_text() + '    op.execute("DROP TABLE no_such_table")\n')
    with pytest.raises(Exception, match="no_such_table"):
        await bring_up_to_date(empty.engine, steps=next_steps, release=release(1))
    assert await step_of(empty) == [newest_step()]
    with pytest.raises(Exception, match="tomorrow"):
        await asked(empty, "SELECT id FROM tomorrow")


@both
async def test_the_steps_make_what_the_code_declares(empty: Database) -> None:
    await empty.migrate()
    async with empty.read() as connection:
        assert await connection.run_sync(_differences) == []
        stepwise = await connection.run_sync(_index_definitions)
    async with empty.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert await connection.run_sync(_index_definitions) == stepwise


def _differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _index_definitions(connection: Connection) -> set[str]:
    """As the database words them: the comparison above does not look at their conditions."""
    query = "SELECT indexdef FROM pg_indexes WHERE tablename <> 'alembic_version' AND schemaname = 'public'"
    if connection.dialect.name == "sqlite":
        query = "SELECT replace(sql, 'IF NOT EXISTS ', '') FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    return set(connection.execute(text(query)).scalars())


def test_the_steps_are_one_line_of_numbers() -> None:
    revisions = [_names(path) for path in sorted(STEPS.glob("[0-9]*.py"))]
    numbers = [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert [path.name[:5] for path in sorted(STEPS.glob("[0-9]*.py"))] == [f"{number}_" for number in numbers]
    assert revisions == list(zip(numbers, [None, *numbers], strict=False))


def _names(path: Path) -> tuple[object, object]:
    given = {
        statement.targets[0].id: ast.literal_eval(statement.value)
        for statement in ast.parse(path.read_text("utf-8")).body
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
        if statement.targets[0].id in ("revision", "down_revision")
    }
    return given["revision"], given["down_revision"]


def _only_creates(path: Path, name: str) -> bool:
    """Whether every statement a step writes itself makes something; what it asks of Alembic changes nothing."""
    if name in ("op.get_context", "op.get_context().dialect.name"):
        return True
    tree = ast.parse(path.read_text("utf-8"))
    texts = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and "\n" in str(one.value)]
    return name == "op.execute" and all(str(text).startswith("\nCREATE ") for text in texts)


def test_every_step_only_adds_so_that_the_release_before_goes_on() -> None:
    for path in STEPS.glob("[0-9]*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func)
            if name.startswith("op."):
                assert name.removeprefix("op.") in ADDING or _only_creates(path, name), f"{path.name}: {name}"
            if name == "op.add_column":
                told = ast.unparse(call)
                assert "server_default" in told or "nullable=True" in told, f"{path.name}: {told}"
