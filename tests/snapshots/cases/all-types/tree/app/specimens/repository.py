from sqlalchemy.orm import selectinload

from app.blog_tags.model import BlogTag
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToMany, ToOne
from app.people.model import Person
from app.specimens.model import (
    Specimen,
    SpecimenEnumDefault,
    SpecimenEnumLong,
    SpecimenEnumPlain,
    specimens_blog_tags,
    specimens_readers,
    specimens_siblings,
)
from app.users.model import User

LISTING = ListParameters(
    Specimen,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "string_plain": filters.STRING,
        "string_short": filters.STRING,
        "string_rules": filters.STRING,
        "string_coded": filters.STRING,
        "string_default": filters.STRING,
        "text_plain": filters.TEXT,
        "text_rules": filters.TEXT,
        "int_plain": filters.INT,
        "int_range": filters.INT,
        "int_unique": filters.INT,
        "bigint_plain": filters.BIGINT,
        "bigint_range": filters.BIGINT,
        "float_plain": filters.FLOAT,
        "float_range": filters.FLOAT,
        "decimal_plain": filters.decimal(12, 2),
        "decimal_range": filters.decimal(10, 2),
        "decimal_fine": filters.decimal(18, 6),
        "decimal_fraction": filters.decimal(4, 4),
        "bool_plain": filters.BOOL,
        "bool_default": filters.BOOL,
        "date_plain": filters.DATE,
        "date_default": filters.DATE,
        "time_plain": filters.TIME,
        "time_default": filters.TIME,
        "datetime_plain": filters.DATETIME,
        "datetime_default": filters.DATETIME,
        "uuid_plain": filters.UUID,
        "uuid_unique": filters.UUID,
        "email_plain": filters.EMAIL,
        "email_unique": filters.EMAIL,
        "url_plain": filters.URL,
        "url_optional": filters.URL,
        "slug_plain": filters.SLUG,
        "slug_unique": filters.SLUG,
        "json_plain": filters.JSON,
        "json_optional": filters.JSON,
        "enum_plain": filters.choice(SpecimenEnumPlain),
        "enum_default": filters.choice(SpecimenEnumDefault),
        "enum_long": filters.choice(SpecimenEnumLong),
        "counter_readonly": filters.INT,
        "seen_readonly": filters.DATETIME,
        "person_id": filters.UUID,
        "person_cascade_id": filters.UUID,
        "person_restrict_id": filters.UUID,
        "person_set_null_id": filters.UUID,
        "person_one_id": filters.UUID,
        "parent_id": filters.UUID,
        "editor_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    many={
        "blog_tag_ids": filters.Every(
            specimens_blog_tags.c.specimen_id,
            specimens_blog_tags.c.blog_tag_id,
            filters.ID,
        ),
        "sibling_ids": filters.Every(
            specimens_siblings.c.specimen_id,
            specimens_siblings.c.sibling_id,
            filters.UUID,
        ),
        "reader_ids": filters.Every(
            specimens_readers.c.specimen_id,
            specimens_readers.c.user_id,
            filters.UUID,
        ),
    },
    search=["string_plain", "text_plain"],
    sort="-created_at",
)


class SpecimenRepository(BaseRepository[Specimen]):
    model = Specimen
    options = (
        selectinload(Specimen.blog_tags).load_only(BlogTag.id),
        selectinload(Specimen.siblings).load_only(Specimen.id),
        selectinload(Specimen.readers).load_only(User.id),
    )
    to_one = (
        ToOne("person_id", Person),
        ToOne("person_cascade_id", Person),
        ToOne("person_restrict_id", Person),
        ToOne("person_set_null_id", Person),
        ToOne("person_one_id", Person),
        ToOne("parent_id", Specimen),
        ToOne("editor_id", User),
    )
    to_many = (
        ToMany("blog_tag_ids", "blog_tags", BlogTag),
        ToMany("sibling_ids", "siblings", Specimen),
        ToMany("reader_ids", "readers", User),
    )
