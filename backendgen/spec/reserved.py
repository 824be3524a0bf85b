"""Words that a name cannot be, in tables by who has taken them."""

from collections.abc import Iterable, Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PYTHON = _words("""
    and as assert async await break class continue def del elif else except false finally for from
    global if import in is lambda none nonlocal not or pass raise return true try while with yield
    match case
""")

JAVASCRIPT = _words("""
    arguments async await break case catch class const continue debugger default delete do else enum
    eval export extends false finally for function if implements import in instanceof interface let
    new null package private protected public return static super switch this throw true try typeof
    undefined var void while with yield
""")

# The union of what PostgreSQL 16, MySQL 8, MariaDB 11 and SQLite 3 do not take as a bare name.
SQL = _words("""
    accessible add all alter analyse analyze and any array as asc asensitive asymmetric authorization
    before between bigint binary blob both by call cascade case cast change char character check
    collate collation column commit concurrently condition constraint continue convert create cross
    cube cume_dist current_catalog current_date current_role current_schema current_time
    current_timestamp current_user cursor database databases day_hour day_microsecond day_minute
    day_second dec decimal declare default deferrable delayed delete dense_rank desc describe
    deterministic distinct distinctrow div do double drop dual each else elseif empty enclosed end
    escape escaped except exists exit explain false fetch first_value float float4 float8 for force
    foreign freeze from full fulltext function generated get glob grant group grouping groups having
    high_priority hour_microsecond hour_minute hour_second if ignore ilike in index infile initially
    inner inout insensitive insert int integer intersect interval into is isnull iterate join
    json_table key keys kill lag last_value lateral lead leading leave left like limit linear lines
    load localtime localtimestamp lock long longblob longtext loop low_priority manual match maxvalue
    mediumblob mediumint mediumtext middleint minute_microsecond minute_second mod modifies natural
    not notnull nth_value ntile null numeric of offset on only optimize optimizer_costs option
    optionally or order out outer outfile over overlaps parallel parse_tree partition percent_rank
    placing precision primary procedure purge qualify raise range rank read reads real recursive
    references regexp release rename repeat replace require resignal restrict return returning revoke
    right rlike row row_number rows schema schemas second_microsecond select sensitive separator
    session_user set show signal similar smallint some spatial specific sql sqlexception sqlstate
    sqlwarning ssl starting stored straight_join symmetric system system_user table tables tablesample
    terminated then tinyblob tinyint tinytext to trailing transaction trigger true undo union unique
    unlock unsigned update usage use user using values varbinary varchar varcharacter variadic varying
    verbose virtual when where while window with write xor year_month zerofill
""")

YAML = _words("yes no on off true false null")

PYTHON_TYPES = _words("""
    bool bytes bytearray classmethod complex dict float frozenset int list memoryview object property
    set staticmethod str super tuple type
    decimal dt enum mapped_column relationship sa typing uuid
""") - {"type"}
"""A class whose attribute has such a name cannot use the type in the lines below it."""

SQLALCHEMY = _words("metadata registry query query_class type_annotation_map")
PYDANTIC = _words("""
    construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json
    update_forward_refs validate
""")
DJANGO = _words("""
    adelete arefresh_from_db asave check clean clean_fields date_error_message delete does_not_exist
    from_db full_clean get_constraints get_deferred_fields models multiple_objects_returned objects pk
    prepare_database_save refresh_from_db save save_base serializable_value unique_error_message
    validate_constraints validate_unique
""")
OBJECTS = _words("""
    constructor has_own_property is_prototype_of proto prototype then to_json to_locale_string
    to_string value_of
""")
QUERY = _words("cursor include_total limit q sort")
"""Parameters of every list, beside which the filters stand."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "Python": PYTHON,
    "JavaScript": JAVASCRIPT,
    "YAML": YAML,
    "Python's types": PYTHON_TYPES,
    "SQLAlchemy": SQLALCHEMY,
    "Pydantic": PYDANTIC,
    "Django": DJANGO,
    "every JavaScript object": OBJECTS,
    "lists, as a query parameter": QUERY,
}
"""What neither the name nor the key of a field can be."""

PREFIXES: Mapping[str, str] = {"model_": "Pydantic", "sa_": "SQLAlchemy"}

TABLE_PREFIXES: Mapping[str, str] = {
    "alembic_": "Alembic",
    "auth_": "Django",
    "django_": "Django",
    "pg_": "PostgreSQL",
    "sqlite_": "SQLite",
}

LOCALS: Mapping[str, frozenset[str]] = {"Python": PYTHON, "JavaScript": JAVASCRIPT}
"""What a resource cannot be called in the singular: generated code has variables of that name."""

CLASSES = _words("""
    ANONYMOUS APIBlueprint APIRouter Access Actor ActorDep Annotated Any AppError Array AsyncSession
    Base BaseRepository BigInt Body Bool Boolean Buffer Caller Chars Code Conflict Created
    CreatedTagged Cursors Date DateTime Decimal Depends Email Enum EnumString Error Every Exact
    ExactDecimal ExactString ExactText Exception Expected ExpectedDep Field Float Forbidden Function
    Generic Health Ids InMemory Int Integer Invalid JSON JSONType Json Kind LISTING ListPage
    ListParameters ListQuery ListQueryDep Literal Login Map Mapped Math Meta Model NotFound Number
    OPEN Object OneOf Owned PREFIX Paged PasswordChange PreconditionFailed PreconditionRequired
    Prisma PrismaClient Problem Promise Proxy READONLY Read Readiness Real Reflect RefreshToken
    Registration Repository Request Response Role Rule Self Service SessionDep Set Settings
    ShownDecimal Slug SoftDeleted StrEnum String Symbol Text Time Timestamps ToMany ToOne Token
    TokenPair TypeVar UNSENT UTCDateTime UUID Unauthorized Unavailable Url User UserRead UserUpdate
    Uuid Versioned Whole
""")
"""Names that generated modules import or declare."""

VARIABLES = _words("""
    access actor bearer bp cls data db etag expected filters headers query response responses router
    self sent session url_for values
""")
"""Names of variables beside which one of the resource's own name stands."""

SUFFIXES = ("Create", "Update", "Read", "Page", "Service", "ServiceDep", "Repository")
"""What generated classes of a resource end in."""

PACKAGES = _words("""
    admin alembic api app auth config core docs main metrics migrations resources server support tests
    users
""")
TABLES = _words("alembic_version refresh_tokens users")

PROJECTS = _words("""
    information_schema mysql performance_schema postgres sys template0 template1
""")
"""Databases that a server has of its own."""

GENERATED: Mapping[str, Iterable[str]] = {
    "timestamps": ("created_at", "updated_at"),
    "soft_delete": ("deleted_at",),
    "versioned": ("version",),
}
USER_COLUMNS = _words("""
    created_at email id is_active is_anonymous is_authenticated is_staff is_superuser last_login
    password password_hash refresh_tokens role updated_at
""")


def taken_attribute(name: str) -> str | None:
    """Who has taken a field's name."""
    for owner, words in ATTRIBUTES.items():
        if name in words:
            return owner
    return next((owner for start, owner in PREFIXES.items() if name.startswith(start)), None)
