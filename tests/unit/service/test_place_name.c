/*
 * What people call a place: by its state, or by the member whose area it is (B3).
 */
#include "exchange.h"

#include "base/num.h"
#include "service/place_name.h"

static void a_place_is_called_by_its_state_or_by_whose_area_it_is(void **state)
{
    static const struct {
        const char *code;
        const char *words;
    } CASES[] = {
        {"us", "United States"},
        {"us-39", "Ohio"},
        {"us-72", "Puerto Rico"},
        {"us-39-c035", "the area of County (Ohio)"},
        {"us-39-c999", "us-39-c999 (Ohio)"},
        {"us-98-c001", "us-98-c001"},
    };
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_says(place_name_words(&x->arena, s.policy, str_of(CASES[i].code)), CASES[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_place_is_called_by_its_state_or_by_whose_area_it_is),
    };
    return cmocka_run_group_tests_name("place_name", tests, NULL, NULL);
}
