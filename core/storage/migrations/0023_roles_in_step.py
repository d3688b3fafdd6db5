"""The table of roles, by which a node of the release before goes, follows what is decided of staff since."""

from alembic import op

revision = "0023"
down_revision = "0022"

SQLITE_INSERTED = """
CREATE TRIGGER staff_roles_inserted AFTER INSERT ON staff WHEN NEW.roles IS NOT NULL BEGIN
    DELETE FROM staff_role WHERE staff_id = NEW.id;
    INSERT INTO staff_role (staff_id, unit_id, role)
        SELECT NEW.id, here.key, held.value FROM json_each(NEW.roles) AS here, json_each(here.value) AS held;
END
"""
SQLITE_UPDATED = """
CREATE TRIGGER staff_roles_updated AFTER UPDATE OF roles ON staff WHEN NEW.roles IS NOT NULL BEGIN
    DELETE FROM staff_role WHERE staff_id = NEW.id;
    INSERT INTO staff_role (staff_id, unit_id, role)
        SELECT NEW.id, here.key, held.value FROM json_each(NEW.roles) AS here, json_each(here.value) AS held;
END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION keep_staff_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM staff_role WHERE staff_id = NEW.id;
    INSERT INTO staff_role (staff_id, unit_id, role)
        SELECT NEW.id, here.key, held.role
        FROM json_each(NEW.roles::json) AS here, json_array_elements_text(here.value) AS held(role);
    RETURN NULL;
END
$$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER staff_roles_kept AFTER INSERT OR UPDATE OF roles ON staff
    FOR EACH ROW WHEN (NEW.roles IS NOT NULL) EXECUTE FUNCTION keep_staff_roles()
"""


def upgrade() -> None:
    """In the transaction that writes the roles: a role that was taken away lets nobody in on an older node either."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for made in (SQLITE_INSERTED, SQLITE_UPDATED) if is_sqlite else (POSTGRESQL_FUNCTION, POSTGRESQL_TRIGGER):
        op.execute(made)
