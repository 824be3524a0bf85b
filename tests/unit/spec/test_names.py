"""Spellings of names, and the identifiers made of them."""

import pytest

from backendgen.spec import names

PLURALS = {
    "post": "posts",
    "category": "categories",
    "address": "addresses",
    "status": "statuses",
    "person": "people",
    "child": "children",
    "gas": "gases",
    "lens": "lenses",
    "leaf": "leaves",
    "hero": "heroes",
    "criterion": "criteria",
    "analysis": "analyses",
    "specimen": "specimens",
    "quiz": "quizzes",
    "api_key": "api_keys",
    "sales_person": "sales_people",
}


@pytest.mark.parametrize(("one", "many"), PLURALS.items())
def test_the_plural_and_back(one: str, many: str) -> None:
    assert names.plural(one) == many
    assert names.singular(many) == one
    assert names.is_plural(many)
    assert not names.is_plural(one)


@pytest.mark.parametrize("name", ["sheep", "news", "series", "equipment"])
def test_what_has_one_form_is_no_plural(name: str) -> None:
    assert names.plural(name) == name
    assert not names.is_plural(name)


def test_every_spelling_of_a_resource() -> None:
    assert names.names_of("BlogPost") == {
        "pascal": "BlogPost",
        "pascal_plural": "BlogPosts",
        "snake": "blog_post",
        "snake_plural": "blog_posts",
        "camel": "blogPost",
        "camel_plural": "blogPosts",
        "kebab": "blog-post",
        "kebab_plural": "blog-posts",
        "constant": "BLOG_POST",
        "label": "blog post",
        "label_plural": "blog posts",
        "title": "Blog post",
        "title_plural": "Blog posts",
        "table": "blog_posts",
    }


def test_overrides() -> None:
    spellings = names.names_of("SalesRep", "sales_force", "reps")
    assert spellings["pascal_plural"] == "SalesForce"
    assert spellings["kebab_plural"] == "sales-force"
    assert spellings["table"] == "reps"


@pytest.mark.parametrize(
    ("name", "snake"),
    {
        "APIKey": "api_key",
        "HTTPServer2": "http_server2",
        "OAuth2Client": "o_auth2_client",
        "A": "a",
        "URL": "url",
        "V2Thing": "v2_thing",
    }.items(),
)
def test_words_within_a_name(name: str, snake: str) -> None:
    assert names.snake(name) == snake


def test_every_spelling_of_a_field() -> None:
    assert names.field_names_of("first_line_2") == {
        "snake": "first_line_2",
        "camel": "firstLine2",
        "pascal": "FirstLine2",
        "constant": "FIRST_LINE_2",
        "label": "first line 2",
        "kebab": "first-line-2",
    }


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("title", "string", "title"),
        ("author", "ref", "author_id"),
        ("tags", "many", "tag_ids"),
        ("blog_categories", "many", "blog_category_ids"),
        ("related", "many", "related_ids"),
    ],
)
def test_the_key_of_a_field(name: str, kind: str, key: str) -> None:
    assert names.key_of(name, kind) == key


def test_a_long_identifier_is_cut_and_stays_its_own() -> None:
    first = names.identifier("uq", "a" * 45, "b" * 30)
    second = names.identifier("uq", "a" * 45, "b" * 31)
    assert len(first) == len(second) == names.LONGEST_IDENTIFIER
    assert first != second
    assert names.identifier("uq", "posts", "title") == "uq_posts_title"
