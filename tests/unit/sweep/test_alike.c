/*
 * Lookalikes: which names are reported, how, and with what score.
 */
#include "base/num.h"
#include "sweep/build.h"
#include "sweep/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEXT_MAX 4096u

static const char *const PROTECTED[] = {"vote.gov", "elections.ny.gov", "springfield.us",
                                        "state.example", "vote.example"};

static const struct {
    const char *text;
    const char *likes; /* NULL: none */
    enum alike_way way;
    unsigned score;
} CASES[] = {
    {"v0te.gov", "vote.gov", ALIKE_HOMOGLYPH, 95},
    {"www.V0TE.gov.", "vote.gov", ALIKE_HOMOGLYPH, 95},
    {"sprlngfield.us", "springfield.us", ALIKE_HOMOGLYPH, 95},
    {"springfie1d.com", "springfield.us", ALIKE_HOMOGLYPH, 80},
    {"xn--vte-sed.gov", "vote.gov", ALIKE_HOMOGLYPH, 95}, /* a Cyrillic o */
    {"v\xd0\xbete.gov", "vote.gov", ALIKE_HOMOGLYPH, 95},
    {"v\xc3\xb6te.gov", "vote.gov", ALIKE_HOMOGLYPH, 95},
    {"spring-field.us", "springfield.us", ALIKE_HYPHEN, 85},
    {"elections-ny.gov", "elections.ny.gov", ALIKE_HYPHEN, 85},
    {"electionsny.com", "elections.ny.gov", ALIKE_HYPHEN, 70},
    {"sprigfield.us", "springfield.us", ALIKE_EDIT, 80},
    {"springfielld.us", "springfield.us", ALIKE_EDIT, 80},
    {"springfeild.us", "springfield.us", ALIKE_EDIT, 80},
    {"xpringfield.us", "springfield.us", ALIKE_EDIT, 80},
    {"a.b.springfeild.net", "springfield.us", ALIKE_EDIT, 65},
    {"springfield.com", "springfield.us", ALIKE_SUFFIX, 70},
    {"springfield.co.uk", "springfield.us", ALIKE_SUFFIX, 70},
    {"sfate.example", "state.example", ALIKE_EDIT, 80},
    /* What belongs to a protected name, and what is no lookalike. */
    {"vote.gov", NULL, 0, 0},
    {"www.vote.gov", NULL, 0, 0},
    {"x.electlons.ny.gov", NULL, 0, 0},
    {"springfield.us.evil.example", NULL, 0, 0},
    {"note.gov", NULL, 0, 0}, /* too short for an edit */
    {"sprinfild.us", NULL, 0, 0},
    {"springfield.pdf", NULL, 0, 0}, /* no public suffix that is listed */
    {"gov", NULL, 0, 0},
    {"co.uk", NULL, 0, 0},
    {"198.51.100.7", NULL, 0, 0},
};

static void build(struct sweep_index *x)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_builder *b = sweep_builder_new();
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    for (size_t k = 0; k < COUNT_OF(PROTECTED); k++) {
        struct sweep_value value;
        assert_null(sweep_value_make(&a, SWEEP_ALIKE, str_of(PROTECTED[k]), &value));
        assert_null(sweep_builder_add(&a, b, &i, &value, 1));
    }
    sweep_builder_finish(b, x);
}

static void scan(struct sweep_scan *s, str text)
{
    static char padded[SWEEP_SLACK + TEXT_MAX + SWEEP_PADDING];
    memset(padded, '\n', sizeof(padded));
    memcpy(padded + SWEEP_SLACK, text.at, text.len);
    sweep_scan_text(s, padded + SWEEP_SLACK, text.len);
}

static void each_is_reported_as_what_it_is(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_scan s;
    build(&x);
    sweep_scan_init(&s, &x, NULL, TEXT_MAX);
    /* The second time out of what is remembered. */
    for (size_t i = 0; i < COUNT_OF(CASES) * 2; i++) {
        size_t k = i % COUNT_OF(CASES);
        scan(&s, str_of(CASES[k].text));
        bool is_met = s.hits.count > 0;
        if (is_met != (CASES[k].likes != NULL))
            print_message("%s\n", CASES[k].text);
        assert_int_equal(is_met, CASES[k].likes != NULL);
        if (!is_met)
            continue;
        const struct sweep_hit *h = &s.hits.items[0];
        str likes = sweep_entry_value(&x, &x.entries[h->entry]);
        if (h->score != CASES[k].score)
            print_message("%s: %.*s %u\n", CASES[k].text, STR_ARG(likes), h->score);
        assert_true(str_eq(likes, str_of(CASES[k].likes)));
        assert_int_equal(h->way, CASES[k].way);
        assert_int_equal(h->score, CASES[k].score);
    }
    sweep_scan_done(&s);
    sweep_index_close(&x);
}

/* Whatever the edit, the table of forms finds it. */
static void every_single_edit_is_found(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_scan s;
    str name = LIT("springfield");
    build(&x);
    sweep_scan_init(&s, &x, NULL, TEXT_MAX);
    for (size_t at = 0; at <= name.len; at++) {
        for (unsigned removed = 0; removed < 2; removed++) {
            for (char c = 'a'; c <= 'z'; c++) {
                char text[64];
                size_t behind = at + removed < name.len ? at + removed : name.len;
                snprintf(text, sizeof(text), "%.*s%c%s.us", (int)at, name.at, c, name.at + behind);
                scan(&s, str_of(text));
                bool is_itself = strcmp(text, "springfield.us") == 0;
                assert_int_equal(s.hits.count, is_itself ? 0 : 1);
            }
        }
    }
    sweep_scan_done(&s);
    sweep_index_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_reported_as_what_it_is),
        cmocka_unit_test(every_single_edit_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
