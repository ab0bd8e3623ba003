/*
 * Who may read what was appended: labels and named audiences (G3 to G5), what points at other
 * objects (G6), what contains them (G7), and changes (G8).
 */
#include "exchange.h"

static str joined(struct exchange *x, str one, str two)
{
    return arena_join(&x->arena, one, LIT(","), two);
}

static str indicator(struct exchange *x, unsigned n, str more)
{
    return thing(x, "indicator", n, 1, more);
}

static str relation(struct exchange *x, unsigned n, unsigned from, unsigned to, str more)
{
    str ends = from_to(x, id_of(x, "indicator", from), id_of(x, "indicator", to));
    return thing(x, "relationship", n, 1, arena_join(&x->arena, ends, more, LIT("")));
}

static str note_on(struct exchange *x, unsigned n, str id)
{
    return thing_with(x, "note", n, 1, ",\"content\":\"c\",\"object_refs\":[\"%s\"]", id.at);
}

/* ---- the worked examples */

static void check_readers(struct exchange *x, const char *type, unsigned n, const char *expected)
{
    const struct {
        const char *name;
        struct who who;
    } READERS[] = {{"F1", x->f1},     {"F2", x->f2},     {"Fed", x->fed},       {"P1", x->p1},
                   {"Plat", x->plat}, {"Ohio", x->ohio}, {"County", x->county}, {"Low", x->low},
                   {"Out", x->out},   {"nobody", {0}}};
    str id = id_of(x, type, n);
    const struct page_query q = {.collection = x->k, .ids = &id, .id_count = 1};
    str names = {0};
    for (size_t i = 0; i < sizeof(READERS) / sizeof(READERS[0]); i++) {
        if (shows_in(x, x->store, READERS[i].who, &q).len)
            names = arena_join(&x->arena, names, names.len ? LIT(" ") : LIT(""),
                               str_of(READERS[i].name));
    }
    assert_says(names, expected);
}

/* G1, G3, G4: the table of the worked examples, through the log. */
static void the_worked_examples_hold(void **state)
{
    struct exchange *x = *state;
    str p1 = exchange_id_of(x, x->p1);
    str plat = exchange_id_of(x, x->plat);
    str definitions = audience_definition(x, 101, "\"people\":[\"%s\"]", p1.at);
    definitions =
        joined(x, definitions, audience_definition(x, 102, "\"organizations\":[\"%s\"]", plat.at));
    definitions =
        joined(x, definitions, audience_definition(x, 103, "\"jurisdictions\":[\"us-39\"]"));
    definitions = joined(x, definitions, audience_definition(x, 104, "\"sectors\":[\"local\"]"));
    post(x, x->f1, x->k, definitions);
    str red = tlp_marking_id(TLP_RED);
    const struct {
        str more;
        const char *readers;
    } CASES[] = {
        {LIT(""), "F1 F2 Fed P1 Plat Ohio County"},
        {arena_print(&x->arena,
                     ",\"object_marking_refs\":[\"%.*s\"],\"granular_markings\":[{\"marking_ref\":"
                     "\"%.*s\",\"selectors\":[\"name\"]}]",
                     STR_ARG(tlp_marking_id(TLP_CLEAR)), STR_ARG(red)),
         "F1"},
        {marked_for(x, TLP_RED, 101), "F1 P1"},
        {marked_for(x, TLP_RED, 102), "F1"},
        {marked_for(x, TLP_GREEN, 103), "F1 F2 Fed Ohio County"},
        {arena_print(&x->arena, ",\"object_marking_refs\":[\"%.*s\",\"%s\",\"%s\"]",
                     STR_ARG(tlp_marking_id(TLP_GREEN)), id_of(x, "marking-definition", 103).at,
                     id_of(x, "marking-definition", 104).at),
         "F1 F2 Fed County"},
        {marked_for(x, TLP_CLEAR, 999), "F1 F2 Fed"}, /* G5: not understood stays at home */
        {marked(x, TLP_CLEAR), "F1 F2 Fed P1 Plat Ohio County Low"},
        {marked(x, TLP_GREEN), "F1 F2 Fed P1 Plat Ohio County Low"},
        {marked(x, TLP_AMBER_STRICT), "F1 F2 Fed P1 Plat Ohio County"},
        {marked(x, TLP_RED), "F1"},
    };
    for (unsigned i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        assert_says(post(x, x->f1, x->k, indicator(x, i, CASES[i].more)), "A");
        check_readers(x, "indicator", i, CASES[i].readers);
    }
    /* G5: a named audience's definition is readable by its contributor and those it admits */
    check_readers(x, "marking-definition", 103, "F1 F2 Fed Ohio County");
    check_readers(x, "marking-definition", 101, "F1 F2 Fed P1");
}

/* G5: another member's named audience admits nobody; their plain statement restricts nobody. */
static void only_own_definitions_count(void **state)
{
    struct exchange *x = *state;
    post(x, x->p1, x->k, audience_definition(x, 7, "\"jurisdictions\":[\"us-39\"]"));
    post(x, x->p1, x->k,
         thing(x, "marking-definition", 8, 1,
               LIT(",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"c\"}")));
    post(x, x->f1, x->k, indicator(x, 1, marked_for(x, TLP_CLEAR, 7)));
    post(x, x->f1, x->k, indicator(x, 2, marked_for(x, TLP_CLEAR, 8)));
    check_readers(x, "indicator", 1, "F1 F2 Fed");
    check_readers(x, "indicator", 2, "F1 F2 Fed P1 Plat Ohio County Low");
}

/* G5: TLP's ids cannot be redefined. */
static void tlp_is_not_redefined(void **state)
{
    struct exchange *x = *state;
    str id = tlp_marking_id(TLP_RED);
    str wrong = arena_print(&x->arena,
                            "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":"
                            "\"%.*s\",\"created\":\"2022-10-01T00:00:00.000Z\",\"definition_type\":"
                            "\"statement\",\"definition\":{\"statement\":\"anyone\"}}",
                            STR_ARG(id));
    post(x, x->f1, x->k, joined(x, wrong, indicator(x, 1, marked(x, TLP_RED))));
    check_readers(x, "indicator", 1, "F1");
}

/* G5: withdrawing a definition leaves audiences as they were. */
static void withdrawn_definitions_leave_audiences(void **state)
{
    struct exchange *x = *state;
    str definition = audience_definition(x, 7, "\"jurisdictions\":[\"us-39\"]");
    post(x, x->f1, x->k, joined(x, definition, indicator(x, 1, marked_for(x, TLP_GREEN, 7))));
    size_t withdrawn;
    must(x, withdraw(x, x->f1, x->k, id_of(x, "marking-definition", 7), &withdrawn));
    check_readers(x, "indicator", 1, "F1 F2 Fed Ohio County");
    post(x, x->f1, x->k, indicator(x, 2, marked_for(x, TLP_GREEN, 7)));
    check_readers(x, "indicator", 2, "F1 F2 Fed");
}

/* An id that holds two others is no way to borrow their audience. */
static void odd_marking_ids_are_not_mixed_up(void **state)
{
    struct exchange *x = *state;
    str clear = tlp_marking_id(TLP_CLEAR);
    str amber = tlp_marking_id(TLP_AMBER);
    str two = indicator(x, 1,
                        arena_print(&x->arena, ",\"object_marking_refs\":[\"%.*s\",\"%.*s\"]",
                                    STR_ARG(clear), STR_ARG(amber)));
    str one = indicator(x, 2,
                        arena_print(&x->arena, ",\"object_marking_refs\":[\"%.*s %.*s\"]",
                                    STR_ARG(clear), STR_ARG(amber)));
    post(x, x->f1, x->k, joined(x, two, one));
    check_readers(x, "indicator", 2, "F1 F2 Fed");
}

/* ---- G6 */

static void what_points_at_hidden_things_is_hidden(void **state)
{
    struct exchange *x = *state;
    str clear = marked(x, TLP_CLEAR);
    post(x, x->f1, x->k, indicator(x, 1, clear));
    post(x, x->f1, x->k, indicator(x, 2, marked(x, TLP_RED)));
    post(x, x->f1, x->k, relation(x, 1, 1, 2, clear));
    check_readers(x, "relationship", 1, "F1");
    /* an end its author could not read adds nothing */
    post(x, x->p1, x->k, relation(x, 2, 1, 2, clear));
    check_readers(x, "relationship", 2, "F1 F2 Fed P1 Plat Ohio County Low");
    post(x, x->f2, x->k, relation(x, 3, 1, 2, clear));
    check_readers(x, "relationship", 3, "F1 F2 Fed P1 Plat Ohio County Low");
}

/* G6: ends may stand anywhere in the submission; carried audiences carry theirs; cycles end. */
static void carried_audiences_carry_theirs(void **state)
{
    struct exchange *x = *state;
    str note_2 = note_on(x, 2, id_of(x, "note", 1));
    str note_1 = note_on(x, 1, id_of(x, "relationship", 1));
    str link = relation(x, 1, 1, 2, LIT(""));
    str ends = joined(x, indicator(x, 1, LIT("")), indicator(x, 2, marked(x, TLP_RED)));
    str all = joined(x, joined(x, note_2, note_1), joined(x, link, ends));
    assert_says(post(x, x->f1, x->k, all), "AAAAA");
    check_readers(x, "relationship", 1, "F1");
    check_readers(x, "note", 1, "F1");
    check_readers(x, "note", 2, "F1");
    post(x, x->f1, x->k, note_on(x, 3, id_of(x, "note", 2))); /* now from the log */
    check_readers(x, "note", 3, "F1");
    str round = joined(x, note_on(x, 4, id_of(x, "note", 5)), note_on(x, 5, id_of(x, "note", 4)));
    assert_says(post(x, x->f1, x->k, joined(x, round, note_on(x, 6, id_of(x, "note", 6)))), "AAA");
    check_readers(x, "note", 4, "F1 F2 Fed P1 Plat Ohio County");
}

/* G6: a long chain, the hidden end last. */
static void long_chains_are_followed(void **state)
{
    struct exchange *x = *state;
    str all = indicator(x, 1, marked(x, TLP_RED));
    str backwards = note_on(x, 200, id_of(x, "indicator", 1));
    for (unsigned i = 199; i >= 100; i--)
        backwards = joined(x, note_on(x, i, id_of(x, "note", i + 1)), backwards);
    post(x, x->f1, x->k, joined(x, backwards, all));
    check_readers(x, "note", 100, "F1");
}

/* G6: an end that comes later, from the same contributor, is carried from then on. */
static void awaited_ends_are_carried_once_they_come(void **state)
{
    struct exchange *x = *state;
    str red = marked(x, TLP_RED);
    post(x, x->f1, x->k, indicator(x, 1, LIT("")));
    post(x, x->f1, x->k, relation(x, 1, 1, 2, LIT("")));
    post(x, x->f2, x->k, relation(x, 2, 1, 2, LIT("")));
    post(x, x->p1, x->k, relation(x, 3, 1, 2, LIT("")));
    struct store *second = exchange_second(x);
    const struct page_query q = {.collection = x->k};
    assert_says(shows_in(x, second, x->plat, &q), "i1v1 r1v1 r2v1 r3v1");
    post(x, x->f1, x->k, indicator(x, 2, red));
    check_readers(x, "relationship", 1, "F1");
    check_readers(x, "relationship", 2, "F1 F2 Fed P1 Plat Ohio County"); /* F2 cannot read it */
    check_readers(x, "relationship", 3, "F1 F2 Fed P1 Plat Ohio County"); /* not its contributor */
    assert_says(shows_in(x, second, x->plat, &q), "i1v1 r2v1 r3v1");
    assert_says(shows_in(x, second, x->f1, &q), "i1v1 r1v1 r2v1 r3v1 i2v1");
    store_close(second);
}

/* G6: what a pointing end still awaits, whatever points at it awaits too. */
static void awaited_ends_reach_through_what_points(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, indicator(x, 1, LIT("")));
    /* note 1 comes with its relationship, note 2 after it, note 3 before it */
    post(x, x->f1, x->k, note_on(x, 3, id_of(x, "relationship", 1)));
    post(x, x->f1, x->k,
         joined(x, note_on(x, 1, id_of(x, "relationship", 1)), relation(x, 1, 1, 2, LIT(""))));
    post(x, x->f1, x->k, note_on(x, 2, id_of(x, "relationship", 1)));
    post(x, x->f1, x->k,
         joined(x, note_on(x, 4, id_of(x, "note", 5)), note_on(x, 5, id_of(x, "note", 2))));
    check_readers(x, "note", 1, "F1 F2 Fed P1 Plat Ohio County");
    post(x, x->f1, x->k, indicator(x, 2, marked(x, TLP_RED)));
    check_readers(x, "relationship", 1, "F1");
    check_readers(x, "note", 2, "F1");
    check_readers(x, "note", 1, "F1");
    check_readers(x, "note", 3, "F1");
    check_readers(x, "note", 4, "F1");
}

/* ,"object_marking_refs":[GREEN and those of eight named audiences whose bits are set] */
static str marked_by_bits(struct exchange *x, unsigned bits)
{
    str refs = arena_print(&x->arena, "\"%.*s\"", STR_ARG(tlp_marking_id(TLP_GREEN)));
    for (unsigned i = 0; i < 8; i++) {
        if (bits & (1u << i))
            refs = arena_print(&x->arena, "%.*s,\"%s\"", STR_ARG(refs),
                               id_of(x, "marking-definition", 200 + i).at);
    }
    return arena_print(&x->arena, ",\"object_marking_refs\":[%.*s]", STR_ARG(refs));
}

/* A note on indicators 1 to 255, of as many audiences, and on 300, which is not there. */
static str note_on_many(struct exchange *x)
{
    str refs = arena_print(&x->arena, "\"%s\"", id_of(x, "indicator", 300).at);
    for (unsigned i = 1; i < 256; i++)
        refs = arena_print(&x->arena, "%.*s,\"%s\"", STR_ARG(refs), id_of(x, "indicator", i).at);
    return thing_with(x, "note", 1, 1, ",\"content\":\"c\",\"object_refs\":[%.*s]%.*s",
                      STR_ARG(refs), STR_ARG(marked(x, TLP_CLEAR)));
}

/* G6: whoever brings an end does not fail because what awaits it carries too much already. */
static void a_late_end_never_fails_its_sender(void **state)
{
    struct exchange *x = *state;
    for (unsigned i = 0; i < 8; i++)
        post(x, x->f1, x->k, audience_definition(x, 200 + i, "\"sectors\":[\"federal\"]"));
    for (unsigned i = 1; i < 256; i++)
        post(x, x->f1, x->k, indicator(x, i, marked_by_bits(x, i)));
    assert_says(post(x, x->f1, x->k, note_on_many(x)), "A");
    check_readers(x, "note", 1, "F1 F2 Fed");
    assert_says(post(x, x->f1, x->k, indicator(x, 300, LIT(""))), "A");
    check_readers(x, "indicator", 300, "F1 F2 Fed P1 Plat Ohio County");
    check_readers(x, "note", 1, "F1"); /* its author alone, where the union is too large */
}

/* G8: a newer version of an end changes nothing; one of the object itself stands for itself. */
static void newer_versions_change_no_older_ones(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, indicator(x, 1, LIT("")));
    post(x, x->f1, x->k, relation(x, 1, 1, 1, LIT("")));
    post(x, x->f1, x->k, thing(x, "indicator", 1, 2, marked(x, TLP_RED)));
    check_readers(x, "relationship", 1, "F1 F2 Fed P1 Plat Ohio County");
    assert_says(shows(x, x->plat, x->k), "i1v1 r1v1"); /* L7 */
    assert_says(shows(x, x->f1, x->k), "r1v1 i1v2");
    post(x, x->f1, x->k, relation(x, 2, 1, 1, LIT("")));
    check_readers(x, "relationship", 2, "F1"); /* the newest version its author reads */
    post(x, x->f2, x->k, relation(x, 3, 1, 1, LIT("")));
    check_readers(x, "relationship", 3, "F1 F2 Fed P1 Plat Ohio County");
}

/* G6: of several candidates the entry in the same collection, else the earliest readable one. */
static void ends_are_looked_for_in_the_same_collection_first(void **state)
{
    struct exchange *x = *state;
    uint32_t other = exchange_collection(x, "other", TLP_AMBER, false);
    exchange_grant(x, other, x->fed, true, true);
    post(x, x->f1, other, indicator(x, 1, LIT("")));
    post(x, x->f1, x->k, relation(x, 1, 1, 1, LIT(""))); /* its end is read by Fed alone */
    check_readers(x, "relationship", 1, "F1 F2 Fed");
    post(x, x->f1, x->k, indicator(x, 1, LIT("")));
    post(x, x->f1, x->k, relation(x, 2, 1, 1, LIT("")));
    check_readers(x, "relationship", 2, "F1 F2 Fed P1 Plat Ohio County");
}

/* ---- G7 */

static void containers_are_as_strict_as_their_contents(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, audience_definition(x, 7, "\"jurisdictions\":[\"us-39\"]"));
    post(x, x->f1, x->k, indicator(x, 1, marked(x, TLP_AMBER)));
    post(x, x->f1, x->k, indicator(x, 2, LIT(""))); /* no explicit marking */
    post(x, x->f1, x->k, indicator(x, 3, marked_for(x, TLP_GREEN, 7)));
    post(x, x->f1, x->k, indicator(x, 4, marked(x, TLP_RED)));
    static const struct {
        unsigned content;
        enum tlp label;
        unsigned named;
        bool is_plat;
        const char *outcome;
    } CASES[] = {
        {1, TLP_CLEAR, 0, false, "R"},        {1, TLP_AMBER, 0, false, "A"},
        {1, TLP_AMBER_STRICT, 0, false, "A"}, {2, TLP_CLEAR, 0, false, "A"},
        {3, TLP_GREEN, 0, false, "R"},        {3, TLP_GREEN, 7, false, "A"},
        {3, TLP_CLEAR, 7, false, "R"},        {4, TLP_AMBER, 0, false, "R"},
        {4, TLP_RED, 0, false, "A"},          {4, TLP_CLEAR, 0, true, "A"}, /* Plat cannot see it */
        {1, TLP_CLEAR, 0, true, "R"},         {9, TLP_CLEAR, 0, false, "A"}, /* not there */
    };
    for (unsigned i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        str more = CASES[i].named ? marked_for(x, CASES[i].label, CASES[i].named)
                                  : marked(x, CASES[i].label);
        str report = thing_with(x, "report", i, 1,
                                ",\"name\":\"r\",\"published\":\"2018-08-01T00:00:00Z\","
                                "\"object_refs\":[\"%s\"]%s",
                                id_of(x, "indicator", CASES[i].content).at, more.at);
        str got = post(x, CASES[i].is_plat ? x->p1 : x->f1, x->k, report);
        if (!str_eq(got, str_of(CASES[i].outcome)))
            print_error("case %u\n", i);
        assert_says(got, CASES[i].outcome);
    }
    /* content in the same submission; the refusal names it */
    str report = thing_with(x, "report", 50, 1,
                            ",\"name\":\"r\",\"published\":\"2018-08-01T00:00:00Z\","
                            "\"object_refs\":[\"%s\",\"%s\"]%s",
                            id_of(x, "indicator", 2).at, id_of(x, "indicator", 51).at,
                            marked(x, TLP_CLEAR).at);
    struct posting posting = {.store = x->store,
                              .who = x->f1,
                              .collections = {x->k},
                              .collection_count = 1,
                              .objects = joined(x, report, indicator(x, 51, marked(x, TLP_GREEN)))};
    str outcomes;
    must(x, post_with(x, &posting, &outcomes));
    assert_says(outcomes, "RA");
    assert_true(str_find(posting.messages, id_of(x, "indicator", 51)) < posting.messages.len);
}

/* RED has an author, and says so when organizations alone are named (G1). */
static void red_needs_an_author(void **state)
{
    struct exchange *x = *state;
    assert_says(post(x, x->fed, x->k, indicator(x, 1, marked(x, TLP_RED))), "R");
    struct posting posting = {
        .store = x->store, .who = x->f1, .collections = {x->k}, .collection_count = 1};
    posting.objects = joined(x, audience_definition(x, 7, "\"sectors\":[\"state\"]"),
                             indicator(x, 1, marked_for(x, TLP_RED, 7)));
    str outcomes;
    must(x, post_with(x, &posting, &outcomes));
    assert_says(outcomes, "AA");
    assert_true(str_find(posting.messages, LIT("names no person")) < posting.messages.len);
    /* a collection whose default is RED, posted to beside another */
    uint32_t red = exchange_collection(x, "red", TLP_RED, false);
    struct posting both = {.store = x->store,
                           .who = x->fed,
                           .collections = {x->k, red},
                           .collection_count = 2,
                           .objects = indicator(x, 2, LIT(""))};
    must(x, post_with(x, &both, &outcomes));
    assert_says(outcomes, "R");
}

/* G9: a narrowed token has only its collections, for its own things and for ends too. */
static void narrowed_tokens_see_only_their_collections(void **state)
{
    struct exchange *x = *state;
    uint32_t other = exchange_collection(x, "other", TLP_AMBER, false);
    exchange_grant(x, other, x->fed, true, true);
    struct who narrow = exchange_token(x, x->fed, other);
    struct who mine = exchange_token(x, x->f1, other);
    struct who wide = exchange_token(x, x->f1, 0);
    post(x, x->f1, x->k, indicator(x, 1, marked(x, TLP_RED)));
    post(x, x->f1, x->k, indicator(x, 2, LIT("")));
    post(x, x->p1, x->k, indicator(x, 3, LIT("")));
    assert_says(shows(x, narrow, x->k), "i2v1"); /* G1 a: its own; a surface asks for more (G2) */
    assert_says(shows(x, mine, x->k), "i1v1 i2v1"); /* a person's token is that person */
    assert_says(shows(x, wide, x->k), "i1v1 i2v1 i3v1");
    post(x, mine, other, relation(x, 1, 3, 3, LIT(""))); /* cannot read its ends */
    assert_says(shows(x, narrow, other), "r1v1");
    exchange_grant(x, other, x->ohio, true, false);
    assert_says(shows(x, x->ohio, other), "r1v1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(the_worked_examples_hold),
        EXCHANGE_TEST(only_own_definitions_count),
        EXCHANGE_TEST(tlp_is_not_redefined),
        EXCHANGE_TEST(withdrawn_definitions_leave_audiences),
        EXCHANGE_TEST(odd_marking_ids_are_not_mixed_up),
        EXCHANGE_TEST(what_points_at_hidden_things_is_hidden),
        EXCHANGE_TEST(carried_audiences_carry_theirs),
        EXCHANGE_TEST(long_chains_are_followed),
        EXCHANGE_TEST(awaited_ends_are_carried_once_they_come),
        EXCHANGE_TEST(awaited_ends_reach_through_what_points),
        EXCHANGE_TEST(a_late_end_never_fails_its_sender),
        EXCHANGE_TEST(newer_versions_change_no_older_ones),
        EXCHANGE_TEST(ends_are_looked_for_in_the_same_collection_first),
        EXCHANGE_TEST(containers_are_as_strict_as_their_contents),
        EXCHANGE_TEST(red_needs_an_author),
        EXCHANGE_TEST(narrowed_tokens_see_only_their_collections),
    };
    return cmocka_run_group_tests_name("store/pointing", tests, NULL, NULL);
}
