/*
 * Legal holds, and their audit rows.
 */
#include "service/hold.h"

#include "stix/object.h"
#include "store/audit.h"

static err record(struct arena *a, struct session *s, const char *verb, const struct hold *h)
{
    str what = h->object.len ? h->object : LIT("everything");
    const struct audit_row row = {
        .actor = h->placed_by,
        .verb = str_of(verb),
        .object = h->id,
        .outcome = LIT("ok"),
        .detail = h->reason.len ? arena_print(a, "%.*s: %.*s", STR_ARG(what), STR_ARG(h->reason))
                                : (str){0}};
    return audit_put(a, s, &row);
}

err hold_place_in(struct arena *a, struct session *s, const struct hold_order *order, str *id)
{
    struct hold h = {.object = order->object, .reason = order->reason, .placed_by = order->by};
    if (h.object.len && !stix_id_is_usable(h.object))
        return FAIL(a, ERR_INVALID,
                    "this is no id of an object, such as "
                    "briefing--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f");
    if (h.reason.len == 0 || h.reason.len > HOLD_REASON_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "say why, in at most %d characters", HOLD_REASON_BYTES_MAX);
    TRY(holds_place(a, s, &h));
    *id = h.id;
    return record(a, s, "hold.place", &h);
}

err hold_release_in(struct arena *a, struct session *s, str id, int64_t by)
{
    TRY(holds_release(a, s, id, by));
    return record(a, s, "hold.release", &(struct hold){.id = id, .placed_by = by});
}
