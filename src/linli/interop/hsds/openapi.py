"""The API's own description, OpenAPI 3.1: made from the tables that the views work by."""

from functools import cache
from typing import Any

from linli.interop.hsds import PROFILE_VERSION, VERSION, samples, shapes
from linli.interop.hsds.asked import EVERY, ID
from linli.interop.hsds.kinds import KINDS, Kind
from linli.interop.hsds.shapes import reference

ABOUT = f"""The public directory of this network in the Human Services Data Specification {VERSION}, profile HSDS-Linli
{PROFILE_VERSION}. Read only, no key. Conditions add up: each parameter narrows further. Unknown parameters are refused."""
PROBLEMS = {
    400: "A parameter is unknown, said twice or not to be understood; `parameter` names it.",
    404: "There is nothing with this id.",
    405: "This address does not answer to that method.",
    415: "The body of a search is not a form.",
}
HEADERS = {
    "ETag": {
        "description": "Changes when the answer does: send it back as If-None-Match.",
        "schema": {"type": "string"},
    },
    "Access-Control-Allow-Origin": {
        "description": "Any page may ask.",
        "schema": {"type": "string", "const": "*"},
    },
}


@cache
def description() -> dict[str, Any]:
    """The whole description; it is the same for every reader."""
    paths: dict[str, Any] = {"/": meta()}
    for kind in KINDS.values():
        paths[f"/{kind.name}"] = listing(kind)
        paths[f"/{kind.name}/{{id}}"] = single(kind)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HSDS-Linli",
            "version": PROFILE_VERSION,
            "summary": "Services, places and organizations of a network of community service stations.",
            "description": ABOUT,
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": "/hsds"}],
        "paths": paths,
        "components": {
            "schemas": shapes.schemas(),
            "parameters": {name: parameter.described() for name, parameter in EVERY.items()},
            "responses": {str(status): problem(status) for status in PROBLEMS},
        },
    }


def problem(status: int) -> dict[str, Any]:
    content = {"schema": reference("problem"), "example": samples.PROBLEMS[status]}
    return {"description": PROBLEMS[status], "content": {"application/problem+json": content}}


def refusals(*statuses: int) -> dict[str, Any]:
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}


def success(about: str, schema: dict[str, Any], example: Any, **others: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, "example": example}}
    return {"description": about, "headers": HEADERS, "content": content | others}


def unchanged() -> dict[str, Any]:
    return {"304": {"description": "The same as what If-None-Match named."}}


def parameters(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def meta() -> dict[str, Any]:
    answer = success("Version, profile and description.", reference("api"), samples.ROOT)
    operation = {
        "operationId": "root",
        "summary": "Which version of HSDS, which profile, described where.",
        "responses": {"200": answer} | unchanged() | refusals(400, 405),
    }
    return {"get": operation}


def listing(kind: Kind) -> dict[str, Any]:
    answer = success(
        "One page.",
        shapes.page_schema(kind.shape),
        samples.page(kind.shape),
        **{"application/x-ndjson": {"schema": reference(kind.shape)}},
    )
    common = {"summary": kind.about, "parameters": parameters(kind.parameters)}
    responses = {"200": answer} | unchanged()
    search = {"operationId": f"search_{kind.name}", "responses": {"200": answer} | refusals(400, 405, 415)}
    return {
        "get": common | {"operationId": f"list_{kind.name}", "responses": responses | refusals(400, 405)},
        "post": common | search | {"description": "The same search; parameters in the address or in a form."},
    }


def single(kind: Kind) -> dict[str, Any]:
    number = {"name": "id", "in": "path", "required": True, "description": "Its id.", "schema": ID}
    answer = success("The whole of it.", reference(kind.shape), samples.SAMPLES[kind.shape])
    operation = {
        "operationId": f"get_{kind.shape}",
        "summary": f"One {kind.shape} with everything that hangs on it.",
        "parameters": [number, *parameters(kind.alone)],
        "responses": {"200": answer} | unchanged() | refusals(400, 404, 405),
    }
    return {"get": operation}
