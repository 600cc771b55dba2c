"""Who gets which answer from which address: the one table that S01 asks every cell of.

A cell is what a GET and, after the slash, a POST that says nothing gets (one answer where both are alike): a status, or
where it leads to: `in` to signing in, `->` anywhere else. Everybody has shown a second factor and confirmed; what
happens without is S30's. The things in the addresses are the tower's, mei's own, or the installation's (`gaps`).

Before you add a line ask of each column: should they? 404 hides a thing, 403 says that the deed is not theirs. What
`self` sees under `me/` is mei's own, and what the others see there is theirs: S02 looks that nobody's show on another's.
An address with a secret in it (`slip`, `stop`, `complaint`) opens to whoever holds the secret.
"""

from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpResponse
from django.urls import get_resolver

from tests.trust.addresses import Address, below
from tests.trust.world import World

TABLE = """
                             visitor  outsider self     former   worker   manager  child    sibling  keeper   parent   operator
site:home                    all 200
site:search                  all 200
site:stations                all 200
site:station                 all 200
site:nearby                  all 200
site:organisation            all 200
site:building                all 200
site:corridors               all 200
site:corridor                all 200
site:map                     all 200
site:poster                  all 200
site:desk                    in       403      403      403      ->       ->       200      ->       200      200      200
site:desk_of                 in       403      403      403      200      200      403      403      403      403      403
site:overview                in       403      403      403      403      403      403      403      200      200      403
site:figures                 in       403      403      403      403      403      403      403      200      200      403
site:me                      in       200      200      200      200      200      200      200      200      200      200
site:contact                 all 200
site:privacy                 all 200
site:accessibility           all 200
site:transparency            all 200
site:complain                all 200/422
site:complaint               all 200
site:operator                in       403      403      403      403      403      403      403      403      403      200
site:retry                   in       403      403      403      403      403      403      403      403      403      ->
site:answer                  in       403      403      403      403      403      403      403      403      403      200/422
site:set_up_first            all ->
site:set_up                  all 404
site:step_into               all 404
site:look                    all 200/->
site:styleguide              all 200
site:offline                 all 200
site:service_worker          all 200
site:manifest                all 200
site:alive                   all 200
site:ready                   all 200
site:metrics                 all 404
people:sign_in               all 200/422
people:sign_in_code          all in
people:sign_out              all 405/->
people:slip_code             all 200/422
people:slip                  all 200/->
people:sessions              in       200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->
people:contacts              in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
people:contact_code          in       ->       ->       ->       ->       ->       ->       ->       ->       ->       ->
people:contact_remove        in       404      200/->   404      404      404      404      404      404      404      404
people:confirm               in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
people:second_factor         in       ->       200/422  ->       ->       ->       ->       ->       ->       ->       ->
people:set_up_second_factor  in       200      ->       200      200      200      200      200      200      200      200
people:recovery              in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
people:replace_second_factor in       200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->
people:switch                all 404
people:pin                   in       403      403      403      200/422  200/422  200/422  200/422  200/422  200/422  200/422
people:slips                 in       403      403      403      200      200      403      403      403      403      403
people:machine               in       403      403      403      200/422  200/422  403      403      403      403      403
people:consents              in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
people:looks                 in       200      200      200      200      200      200      200      200      200      200
people:export                in       200      200      200      200      200      200      200      200      200      200
people:erase                 in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
people:roles                 in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
people:end_role              in       403      403      403      405/404  405/404  405/403  405/403  405/404  405/404  405/403
people:hand_over_role        in       403      403      403      405/404  405/404  405/403  405/403  405/404  405/404  405/403
notices:inbox                in       200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
notices:mark_seen            in       405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
notices:follows              in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
notices:end_follow           in       405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
notices:follow               in       405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
notices:unfollow             in       405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
notices:stop                 all 200
areas:whole                  all 200
areas:unit                   all 200
areas:open_unit              in       403      403      403      403      403      403      403      200/422  200/422  403
areas:insert_level           in       403      403      403      403      403      403      403      200/422  200/422  403
areas:rename_unit            in       403      403      403      403      403      403      403      403      200/422  403
areas:move_unit              in       403      403      403      403      403      403      403      403      200/422  403
areas:merge_units            in       403      403      403      403      403      403      403      403      200/422  403
areas:split_unit             in       403      403      403      403      403      403      403      403      200/422  403
areas:close_unit             in       403      403      403      403      403      403      403      403      200/422  403
areas:holidays               all 200
directory:open_station       in       403      403      403      403      403      403      403      200/422  200/422  403
directory:sheets             in       403      403      403      403      403      403      403      200/422  200/422  403
directory:sheet              in       403      403      403      404      404      404      404      200/422  404      404
directory:sheet_rest         in       403      403      403      404      404      404      404      200      404      404
directory:stations_sheet     all 200
directory:hours_sheet        all 200
directory:organisations_sheet in       403      403      403      403      403      403      403      200      200      403
directory:declare_status     in       403      403      403      ->/422   ->/422   ->/403   ->/403   ->/403   ->/403   ->/403
directory:lift_status        in       403      403      403      ->       ->       ->/403   ->/403   ->/403   ->/403   ->/403
directory:things             in       403      403      403      200/422  200/422  403      403      403      403      403
directory:thing              in       403      403      403      200/422  200/422  403      403      403      403      403
directory:stock              in       403      403      403      ->       ->       403      403      403      403      403
directory:facilities         in       403      403      403      200/422  200/422  403      403      403      403      403
directory:walk_ins           in       403      403      403      200/422  200/422  403      403      403      403      403
directory:roster             in       403      403      403      200/->   200/->   403      403      403      403      403
directory:wrong              all 200/422
directory:wrong_notes        in       403      403      403      200      200      403      403      403      403      403
directory:own_duties         in       200      200      200      200      200      200      200      200      200      200
directory:report_door        all ->/422
directory:end_reports        in       403      403      403      ->/422   ->/422   ->/403   ->/403   ->/403   ->/403   ->/403
directory:set_hours          in       403      403      403      200/422   200/422   403      403      403      403      403
directory:hand_over_desk     in       403      403      403      200/422   200/422   403      403      403      403      403
directory:exceptions         in       403      403      403      200/422   200/422   403      403      403      403      403
directory:take_back_exception  in      403      403      403      ->       ->       403      403      403      403      403
directory:check_entry        in       403      403      403      ->       ->       ->/403   ->/403   ->/403   ->/403   ->/403
directory:set_photo          in       403      403      403      200/422  200/422  403      403      403      403      403
directory:remove_photo       in       403      403      403      ->       ->       ->/403   ->/403   ->/403   ->/403   ->/403
directory:photo              all 200
directory:stations_geojson   all 200
directory:areas_geojson      all 200
directory:area_organisations    in       403      403      403      403      403      403      403      200      200      403
directory:enter_organisation    in       403      403      403      403      403      403      403      200/422  200/422  403
directory:area_members          in       403      403      403      403      403      403      403      200/422  200/422  403
directory:change_organisation   in       403      403      403      403      403      403      403      200/422  200/422  403
directory:say_committee         in       403      403      403      403      403      403      403      200/422  200/422  403
directory:give_count            in       403      403      403      403      403      403      403      200/422  200/422  403
directory:area_buildings        in       403      403      403      403      403      403      403      200      200      403
directory:enter_building        in       403      403      403      403      403      403      403      200/422  200/422  403
directory:change_building       in       403      403      403      403      403      403      403      200/422  200/422  403
directory:serve_building        in       403      403      403      403      403      403      403      200/->   200/->   403
directory:tenants               in       403      403      403      403      403      403      403      200/422  200/422  403
directory:enter_corridor        in       403      403      403      403      403      403      403      200/422  200/422  403
directory:change_corridor       in       403      403      403      403      403      403      403      200/422  200/422  403
directory:area_landmarks        in       403      403      403      403      403      403      403      200/422  200/422  403
directory:change_landmark       in       403      403      403      403      403      403      403      200/422  200/422  403
hsds:root                    all 200/405
hsds:openapi                 all 200/405
hsds:profile                 all 200
hsds:services                all 200/400
hsds:organizations           all 200/400
hsds:locations               all 200/400
hsds:service_at_locations    all 200/400
hsds:taxonomies              all 200/400
hsds:taxonomy_terms          all 200/400
hsds:service                 all 404/405
hsds:organization            all 404/405
hsds:location                all 404/405
hsds:service_at_location     all 404/405
hsds:taxonomy                all 404/405
hsds:taxonomy_term           all 404/405
hsds:nowhere                 all 404/405
news:news                    all 200
news:atom                    all 200
news:json                    all 200
news:article                 all 200
news:text                    all 200
news:card                    all 200
news:picture_file            all 200
news:of_unit                 all 200
news:unit_atom               all 200
news:unit_json               all 200
news:write                   in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
news:change                  in       403      403      403      200/422  200/422  404      404      200/422  200/422  404
news:withdraw                in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
news:pictures                in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
news:picture                 in       403      403      403      405/422  405/422  405/403  405/403  405/422  405/422  405/403
news:fetch_picture           in       403      403      403      405/422  405/422  405/403  405/403  405/422  405/422  405/403
news:publish                 in       403      403      403      405/->   405/->   405/404  405/404  405/->   405/->   405/404
news:drop                    in       403      403      403      405/->   405/->   405/404  405/404  405/->   405/->   405/404
programmes:programmes           all 200
programmes:programme            all 200
programmes:session              all 200
programmes:of_unit              all 200
programmes:begin                in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
programmes:change               in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
programmes:pictures             in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
programmes:picture              in       403      403      403      405/422  405/422  405/403  405/403  405/422  405/422  405/403
programmes:end                  in       403      403      403      405/422  405/422  405/403  405/403  405/422  405/422  405/403
programmes:picture_file         all 200
programmes:plan                 in       403      403      403      200/422  200/422  403      200/422  403      403      403
programmes:change_session       in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:cancel_session       in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:leader               in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:message              in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:afterwards           in       403      403      403      200/->   200/->   403      403      403      403      403
programmes:begin_series         in       403      403      403      200/422  200/422  403      200/422  403      403      403
programmes:series               in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:end_series           in       403      403      403      405/->   405/->   405/403  405/403  405/403  405/403  405/403
programmes:propose              in       403      200/422  403      403      403      403      403      403      403      403
programmes:decide               in       403      403      403      405/422  405/422  405/404  405/404  405/403  405/403  405/404
programmes:door                 in       403      403      403      200/405  200/405  403      403      403      403      403
programmes:check_in             in       403      403      403      405/422  405/422  403      403      403      403      403
programmes:heads                in       403      403      403      405/422  405/422  403      403      403      403      403
programmes:release              in       403      403      403      405/->   405/->    403      403      403      403      403
programmes:call                 in       403      403      403      405/404  405/404  403      403      403      403      403
programmes:door_list            in       403      403      403      200/405  200/405  403      403      403      403      403
programmes:door_sync            in       403      403      403      405/422  405/422  403      403      403      403      403
programmes:sheet                in       403      403      403      200/405  200/405  403      403      403      403      403
programmes:sign_up              in       200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422  200/422
programmes:add                  in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:chain                in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:block                in       403      403      403      403      403      403      403      200      403      403
programmes:ask                  in       403      403      403      200/422  200/422  403      403      403      403      403
programmes:questions            all 200
programmes:decide_question      in       403      403      403      405/403  405/->   405/403  405/403  405/->   405/->   405/403
programmes:my_tickets           in       200      200      200      200      200      200      200      200      200      200
programmes:my_ticket            in       404      ->       404      404      404      404      404      404      404      404
programmes:ticket               all 200
programmes:decide_ticket        all 405/->
programmes:answer               all 405/422
programmes:ticket_paper         all 200
programmes:polls                all 200
programmes:open_poll            in       403      403      403      200/422  200/422  403      403      200/422  200/422  403
programmes:poll                 all 200/422
programmes:session_calendar     all 200/405
programmes:programme_calendar   all 200/405
programmes:station_calendar     all 200/405
programmes:person_calendar      all 200/405
programmes:my_calendar          in       200      200      200      200      200      200      200      200      200      200
"""


def expected() -> dict[str, dict[str, tuple[str, str]]]:
    """Address → who → (answer to GET, answer to POST), read from the table."""
    first, *lines = TABLE.strip("\n").splitlines()
    columns = first.split()
    found = {}
    for line in lines:
        name, *cells = line.split()
        cells = cells[1:] * len(columns) if cells[0] == "all" else cells
        assert len(cells) == len(columns), f"{name}: {len(cells)} cells for {len(columns)} columns"
        pairs = [(cell.partition("/")[0], cell.rpartition("/")[2]) for cell in cells]
        found[name] = dict(zip(columns, pairs, strict=True))
    return found


# Addresses that ask for something else than the tower or its neighbourhood.
OWN_CODES = {
    "HOOD": "directory:area_organisations directory:enter_organisation directory:area_members directory:area_buildings "
    "directory:enter_building directory:enter_corridor directory:area_landmarks directory:sheets",
    "ORG-1": "site:organisation directory:change_organisation directory:say_committee directory:give_count",
    "BLD-1": "site:building directory:change_building directory:serve_building directory:tenants",
    "COR-1": "site:corridor directory:change_corridor",
    "MARK-1": "directory:change_landmark",
    "ART-1": "news:article news:text news:card news:withdraw news:pictures news:picture news:fetch_picture",
    "ART-2": "news:change news:publish news:drop",
    "PRG-1": "programmes:programme programmes:change programmes:pictures programmes:picture programmes:end "
    "programmes:plan programmes:begin_series programmes:programme_calendar",
    "SES-1": "programmes:session programmes:change_session programmes:cancel_session programmes:message programmes:afterwards "
    "programmes:leader programmes:sign_up programmes:add programmes:chain programmes:block programmes:ask programmes:session_calendar",
    "SES-4": "programmes:door programmes:check_in programmes:heads programmes:release programmes:call programmes:door_list "
    "programmes:door_sync programmes:sheet",
    "SES-3": "programmes:decide",
    "GROUP": "programmes:propose",
}


def gaps(world: World, name: str) -> dict[str, Any]:
    """What stands in the gaps of an address, so that each asks for something that exists."""
    things = world.things
    codes = {"site:answer": things.complaint.code, "areas:close_unit": "BLOCK"}
    codes |= {"directory:sheet": things.sheet.code, "directory:sheet_rest": things.mended.code}
    codes |= {name: code for code, names in OWN_CODES.items() for name in names.split()}
    codes |= {"programmes:series": things.series.code, "programmes:end_series": things.series.code}
    codes |= {"programmes:decide_question": things.question.code, "programmes:poll": things.poll.code}
    codes |= {"programmes:my_ticket": things.sign_up.code}
    numbers = {"site:retry": things.dead.pk, "news:picture": 1}
    files = {"news:picture_file": things.picture.file, "programmes:picture_file": things.second_picture.file}
    file = files.get(name, things.entrance.photo)
    with_secrets = {"site:complaint": things.complaint_secret, "programmes:person_calendar": things.calendar}
    secrets = {"people:slip": things.slip.token, "notices:stop": things.stop}
    return {
        "code": codes.get(name, "HOOD" if name.startswith("areas:") else "JA-0101"),
        "number": numbers.get(name, things.contacts["self"].pk),
        "picture_id": things.second_picture.pk,
        "year": 2026,
        "secret": with_secrets.get(name, things.ticket),
        "token": secrets.get(name, "unknown"),
        "key": "unknown",
        "noun": "stock",
        "form": "csv",
        "thing": things.supply.code,
        "entrance": things.entrance.code,
        "name": PurePosixPath(file.name).name,
    }


def routes(world: World) -> dict[str, Address]:
    """Every address of the URLconf by name, leading to the world's own things."""
    return {address.name: address for address in below(get_resolver(), "", partial(gaps, world))}


def answer(response: HttpResponse) -> str:
    """A status in the table's words."""
    if response.status_code not in {301, 302, 303, 307, 308}:
        return str(response.status_code)
    return "in" if response["Location"].partition("?")[0] == "/sign-in/" else "->"
