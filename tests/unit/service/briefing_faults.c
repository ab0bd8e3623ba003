/*
 * A verb with every call to the database failing once.
 */
#include "briefing_world.h"

#include "store/audit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define CALLS_MAX 20000

void briefing_world_check_deed(struct briefing_world *w, const struct briefing_deed *deed)
{
    struct briefing b;
    w->now_us += deed->later_us;
    if (w->id.len)
        must(w->admin, briefing_world_see(w, "ann", &b));
    str before = admin_world_picture(w->admin);
    for (uint64_t n = 1; n < CALLS_MAX; n++) {
        admin_world_arm(w->admin, n);
        err failure = deed->run(w);
        admin_world_arm(w->admin, 0);
        if (failure == NULL) {
            assert_true(n > 3); /* it did call the database */
            return;
        }
        if (failure->code != ERR_IO)
            fail_msg("%s, failing at call %llu: %.*s", deed->name, (unsigned long long)n,
                     STR_ARG(error_text(&w->admin->arena, failure)));
        if (n % 7 && n > 60)
            continue; /* a picture takes longer than a deed */
        str after = admin_world_picture(w->admin);
        if (!str_eq(before, after))
            fail_msg("%s, failing at call %llu, left\n%.*s\ninstead of\n%.*s", deed->name,
                     (unsigned long long)n, STR_ARG(after), STR_ARG(before));
    }
    fail_msg("%s never succeeded", deed->name);
}

void briefing_world_check_deeds(struct briefing_world *w, const struct briefing_deed *deeds,
                                size_t count)
{
    for (size_t i = 0; i < count; i++)
        briefing_world_check_deed(w, &deeds[i]);
}

void briefing_world_check_whole(struct briefing_world *w)
{
    struct about_numbers differ = {0};
    uint64_t rows;
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, audit_verify(&w->admin->arena, &s, NULL, &rows));
    must(w->admin, about_find_differences(&w->admin->arena, &s, &differ));
    assert_int_equal(differ.count, 0);
    struct about_keys wrong = {0};
    must(w->admin, about_find_wrong_audiences(&w->admin->arena, &s, &wrong));
    assert_int_equal(wrong.count, 0);
}
