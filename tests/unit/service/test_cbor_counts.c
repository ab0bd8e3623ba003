/*
 * CBOR that announces more than it has.
 */
#include "service/cbor_counts.h"

#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void takes_what_holds_what_it_says(void **state)
{
    (void)state;
    static const str GOOD[] = {
        {0},
        LIT_INIT("\x00"),                                 /* 0 */
        LIT_INIT("\x1b\xff\xff\xff\xff\xff\xff\xff\xff"), /* the largest number */
        LIT_INIT("\x43"
                 "abc"),
        LIT_INIT("\x7f\x61"
                 "a"
                 "\x61"
                 "b"
                 "\xff"),                                 /* a text in pieces */
        LIT_INIT("\x82\x01\x82\x02\x03"),                 /* [1, [2, 3]] */
        LIT_INIT("\xa1\x01\xa1\x02\x03"),                 /* {1: {2: 3}} */
        LIT_INIT("\x9f\x01\xff"),                         /* a list that is open */
        LIT_INIT("\xc1\x00"),                             /* a tag */
        LIT_INIT("\xfb\x3f\xf0\x00\x00\x00\x00\x00\x00"), /* 1.0 */
        LIT_INIT("\x01\x02"),                             /* one behind the other */
    };
    for (size_t i = 0; i < COUNT_OF(GOOD); i++) {
        if (!cbor_counts_are_true(GOOD[i]))
            fail_msg("case %zu", i);
    }
}

static void refuses_what_announces_more_than_is_there(void **state)
{
    (void)state;
    static const str BAD[] = {
        LIT_INIT("\x9a\xff\xff\xff\xff"), /* an array of four billion */
        LIT_INIT("\x9b\xff\xff\xff\xff\xff\xff\xff\xff"),
        LIT_INIT("\xba\x08\x00\x00\x00"), /* a map */
        LIT_INIT("\xbb\x80\x00\x00\x00\x00\x00\x00\x00"),
        LIT_INIT("\xa1\x01\x9a\x10\x00\x00\x00"), /* inside a map */
        LIT_INIT("\x83\x82\x82\x01"),             /* each fits, all together do not */
        LIT_INIT("\x5a\x00\x00\x00\x09"
                 "abc"),
        LIT_INIT("\x44"
                 "abc"),
        LIT_INIT("\x19\x01"), /* broken off */
        LIT_INIT("\x1c"),     /* what nobody uses */
        LIT_INIT("\x1f"),     /* a number that is open */
        LIT_INIT("\xdf\x00"), /* a tag that is */
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        if (cbor_counts_are_true(BAD[i]))
            fail_msg("case %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_holds_what_it_says),
        cmocka_unit_test(refuses_what_announces_more_than_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
