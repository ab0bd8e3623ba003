/*
 * The audience of what is spoken about, asked of the gate.
 */
#include "service/briefing_readers.h"

#include "service/briefing_parts.h"
#include "service/question.h"

static err no_readers(struct arena *a)
{
    return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
}

static err find_item(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, str id, struct log_entry *out)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(a, s, r, b, &items));
    const struct briefing_item *item = agenda_find(&items, id);
    if (item == NULL)
        return no_readers(a);
    *out = item->entry;
    return NULL;
}

static err find_entry(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, str of, struct log_entry *out)
{
    struct question q;
    if (of.len == 0 || str_eq(of, b->id)) {
        *out = b->entry;
        return NULL;
    }
    if (str_eq(stix_id_type(of), LIT("briefing-item")))
        return find_item(a, s, r, b, of, out);
    TRY(question_get(a, s, r, b, of, &q));
    *out = q.entry;
    return NULL;
}

err briefing_readers_find(struct arena *a, struct session *s, const struct reader *r, str briefing,
                          str of, struct briefing_readers *out)
{
    struct briefing b;
    struct log_entry e = {0};
    bool may_ask;
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(question_may_ask(a, s, r, &b, &may_ask));
    if (!b.is_host && !may_ask)
        return no_readers(a);
    TRY(find_entry(a, s, r, &b, of, &e));
    TRY(reach_of(a, s, r, e.audience, &out->people));
    out->has_names = b.is_host && r->may_post;
    return NULL;
}
