"""pull and push against servers that differ from ours: never losing, never sending twice."""

import json

import pytest

import objects as stix
from exchange import tocsin
from odd_server import COLLECTION


def things(count):
    return [stix.campaign("green") for _ in range(count)]


def time(second, micro=0):
    return f"2026-01-01T00:00:{second:02}.{micro:06}Z"


def fill(odd, count, per_time=1):
    made = things(count)
    for i, thing in enumerate(made):
        odd.add(time(i // per_time), thing)
    return made


def pull_into(odd, house, *more, check=True):
    return tocsin("pull", odd.base + "/api/", "--collection", COLLECTION, "--data", house.x.data,
                  "--into", house.k, "--as", house.fed, "--json", *more, check=check)


def pull_out(odd, out, check=True):
    return tocsin("pull", odd.base + "/api/", "--collection", COLLECTION, "--out", out, "--json",
                  check=check)


def held(house):
    return sorted(r["id"] for r in house.x.rows("list", "--as", house.fed, "--collection",
                                                house.k))


def ids(made):
    return sorted(t["id"] for t in made)


def lines(path):
    return sorted(json.loads(line)["id"] for line in path.read_text().splitlines())


def no_dates(odd):
    odd.has_dates = False


def no_dates_at_all(odd):
    odd.has_dates = odd.has_manifest = False


def no_next(odd):
    odd.has_next = False


def empty_pages(odd):
    odd.empty_pages = 2


def no_filters(odd):
    odd.knows_filters = False


def large_pages(odd):
    odd.page = 1000


def asks_to_wait(odd):
    odd.refusals = [(503, [("Retry-After", "1")]), (429, [("Retry-After", "0")])]


def drops(odd):
    odd.drops = 1


HABITS = [no_dates, no_dates_at_all, no_next, empty_pages, no_filters, large_pages, asks_to_wait,
          drops]


@pytest.mark.parametrize("habit", HABITS)
def test_everything_comes_whatever_the_server_is_like(odd, own_house, tmp_path, habit):
    made = fill(odd, 10)
    habit(odd)
    pull_into(odd, own_house)
    assert held(own_house) == ids(made)
    out = tmp_path / "out.jsonl"
    habit(odd)
    pull_out(odd, out)
    assert lines(out) == ids(made)
    late = things(4)
    for i, thing in enumerate(late):
        odd.add(time(30, i), thing)
    pull_into(odd, own_house)
    pull_out(odd, out)
    assert held(own_house) == ids(made + late)
    assert sorted(set(lines(out))) == ids(made + late)
    if habit is not no_dates_at_all:
        assert len(lines(out)) == 14


def test_objects_that_share_a_time_are_not_lost_where_a_page_ends_between_them(odd, own_house,
                                                                               tmp_path):
    made = fill(odd, 9, per_time=5)
    out = tmp_path / "out.jsonl"
    odd.slow = cut_from(2)
    assert pull_out(odd, out, check=False).returncode == 5
    assert len(lines(out)) == 3
    odd.slow = None
    pull_out(odd, out)
    assert lines(out) == ids(made)
    coarse = things(2)
    odd.add(odd.rows[-1][0], *coarse)  # the same second, after we asked
    pull_out(odd, out)
    pull_into(odd, own_house)
    assert lines(out) == ids(made + coarse)
    assert held(own_house) == ids(made + coarse)


def cut_from(nth):
    """The nth page of objects, and what comes after it, is forbidden."""
    count = [0]

    def slow():
        count[0] += 1
        if count[0] >= nth:
            raise PermissionError
    return slow


def loses_an_answer(odd):
    odd.drops = 1


def forgets_next(odd):
    odd.places.clear()


def at_page(nth, mishap, odd):
    """The mishap befalls the nth request for objects."""
    count = [0]

    def slow():
        count[0] += 1
        if count[0] == nth:
            mishap(odd)
    return slow


@pytest.mark.parametrize("dates", [no_dates, no_dates_at_all, lambda odd: None],
                         ids=["manifest", "none", "headers"])
@pytest.mark.parametrize("mishap", [loses_an_answer, forgets_next])
def test_a_next_whose_place_is_lost_loses_no_objects(odd, own_house, tmp_path, mishap, dates):
    """The OASIS reference server: one next for all pages, moved by each answer, good for 30 s."""
    made = fill(odd, 14)
    odd.moves_next = True
    dates(odd)
    out = tmp_path / "out.jsonl"
    odd.slow = at_page(3, mishap, odd)
    pull_into(odd, own_house)
    odd.slow = at_page(3, mishap, odd)
    pull_out(odd, out)
    assert held(own_house) == ids(made)
    assert lines(out) == ids(made)


def test_a_next_that_is_never_good_is_left(odd, tmp_path):
    fill(odd, 8, per_time=8)
    odd.moves_next = True
    odd.slow = odd.places.clear
    done = pull_out(odd, tmp_path / "out", check=False)
    assert done.returncode == 7 and "loses its place" in done.stderr


def test_what_cannot_be_got_is_said(odd, tmp_path):
    """A page full of one time, and no next: to go on would lose the rest of that time."""
    fill(odd, 8, per_time=8)
    odd.has_next = False
    done = pull_out(odd, tmp_path / "out", check=False)
    assert done.returncode == 7 and "no way to get it" in done.stderr


def test_a_refused_object_is_named_and_the_others_come(odd, own_house):
    made = fill(odd, 5)
    bad = stix.campaign("green")
    del bad["name"]
    odd.add(time(20), bad)
    last = things(1)
    odd.add(time(21), *last)
    done = pull_into(odd, own_house, check=False)
    assert done.returncode == 3
    assert bad["id"] in done.stderr and "name" in done.stderr
    assert held(own_house) == ids(made + last)


def test_the_collection_is_found_by_title_and_credentials_stay_at_home(odd, tmp_path):
    fill(odd, 2)
    for url in (odd.base, odd.base + "/taxii2/", odd.base + "/api", odd.base + "/api/"):
        out = tmp_path / f"{len(url)}.jsonl"
        tocsin("pull", url, "--collection", "Odd ones", "--out", out)
        assert len(lines(out)) == 2
    assert not any("elsewhere" in r for r in odd.requests)


def test_an_endless_server_is_left(odd, tmp_path):
    fill(odd, 5)
    odd.empty_pages = 10 ** 9
    done = pull_out(odd, tmp_path / "out", check=False)
    assert done.returncode == 7 and "again and again" in done.stderr


def test_a_file_that_a_pull_did_not_begin_is_left_alone(odd, tmp_path):
    fill(odd, 2)
    out = tmp_path / "out"
    out.write_text("mine\n")
    assert pull_out(odd, out, check=False).returncode == 6
    assert out.read_text() == "mine\n"


def test_what_was_written_behind_the_position_is_written_anew(odd, tmp_path):
    made = fill(odd, 4)
    out = tmp_path / "out.jsonl"
    pull_out(odd, out)
    with out.open("a") as f:
        f.write('{"torn": ')
    pull_out(odd, out)
    assert lines(out) == ids(made)
    out.rename(tmp_path / "taken")  # as rotating a log does
    late = things(1)
    odd.add(time(40), *late)
    pull_out(odd, out)
    assert lines(out) == ids(late)


def push_file(odd, file, check=True):
    return tocsin("push", odd.base + "/api/", "--collection", COLLECTION, file, "--json",
                  check=check)


def write_lines(path, made):
    path.write_text("".join(json.dumps(t) + "\n" for t in made))


def test_a_pending_status_is_followed_to_its_end(odd, tmp_path):
    made = things(3)
    file = tmp_path / "f.jsonl"
    write_lines(file, made)
    odd.pends = 2
    push_file(odd, file)
    assert sorted(odd.posted) == ids(made)
    assert sum("/status/" in r for r in odd.requests) == 2
    push_file(odd, file)
    assert sorted(odd.posted) == ids(made)


def test_envelopes_are_halved_until_they_fit(odd, tmp_path):
    made = things(20)
    file = tmp_path / "f.jsonl"
    write_lines(file, made)
    odd.too_many = 3
    odd.refusals = [(503, [("Retry-After", "1")])]
    push_file(odd, file)
    assert sorted(odd.posted) == ids(made)
    assert odd.posted == [t["id"] for t in made]


def test_max_content_length_is_kept(odd, tmp_path):
    made = things(60)
    file = tmp_path / "f.jsonl"
    write_lines(file, made)
    odd.max_bytes = 5000
    push_file(odd, file)
    assert sorted(odd.posted) == ids(made)
    assert len(odd.lengths) > 3 and max(odd.lengths) <= 5000


def test_an_object_too_large_is_named_and_the_rest_goes(odd, tmp_path):
    made = things(4)
    file = tmp_path / "f.jsonl"
    write_lines(file, made)
    odd.too_many = 0
    done = push_file(odd, file, check=False)
    assert done.returncode == 3 and odd.posted == []
    assert "object 1 of" in done.stderr


def test_a_file_that_grew_is_pushed_from_there_and_one_that_changed_is_not(odd, tmp_path):
    made = things(5)
    file = tmp_path / "f.jsonl"
    write_lines(file, made[:3])
    push_file(odd, file)
    write_lines(file, made)
    push_file(odd, file)
    assert odd.posted == [t["id"] for t in made]
    write_lines(file, things(5))
    assert push_file(odd, file, check=False).returncode == 6
    assert len(odd.posted) == 5
