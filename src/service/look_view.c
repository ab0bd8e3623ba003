/*
 * Who asked, for what, and what came of it: for who asked, who is asked, and whose receipts they
 * are.
 */
#include "service/look_parts.h"

#include "service/briefing.h"
#include "service/object_view.h"

#define SHOWN_MAX 50

/* ---- what may be asked */

err look_check_may_name(struct arena *a, struct session *s, const struct reader *r,
                        struct inquiry *in, str object, bool *of_people)
{
    TRY(inquiry_keep_nameable(a, s, in, object, of_people));
    if (look_may_have_names(r))
        return NULL;
    return FAIL(a, ERR_FORBIDDEN, "publishers and stewards ask for names; counts are told to you");
}

err look_may_name(struct arena *a, struct session *s, const struct reader *r, str object, str *rule)
{
    struct admin_question q;
    struct inquiry in;
    bool of_people;
    *rule = (str){0};
    TRY(inquiry_question(a, s, r, object, &q));
    TRY(inquiry_open(a, s, &q, &in));
    err failure = look_check_may_name(a, s, r, &in, object, &of_people);
    if (failure == NULL || failure->code != ERR_FORBIDDEN)
        return failure;
    *rule = arena_copy(a, failure->text);
    return NULL;
}

/* ---- a look */

static err name_of(struct arena *a, struct session *s, int64_t actor, str *out)
{
    struct reader r;
    *out = (str){0};
    if (actor == 0)
        return NULL;
    TRY(reader_of_actor(a, s, actor, 0, &r));
    *out = r.person ? r.person->name : (str){0};
    return NULL;
}

static err show(struct arena *a, struct session *s, const struct reader *r, const struct look *look,
                struct look_view *out)
{
    *out = (struct look_view){.look = *look,
                              .source = briefing_source(a, s, look->org),
                              .is_own = look->actor && look->actor == r->gate.actor};
    TRY(name_of(a, s, look->actor, &out->asker));
    TRY(name_of(a, s, look->decided_by, &out->decider));
    TRY(object_title_get(a, s, r, look->object, &out->entry, &out->title));
    if (out->entry.number)
        out->label = audience_get(s->store->audiences, out->entry.clause)->clauses[0].label;
    return NULL;
}

/* ---- who asked, and who answered */

static err add_names(struct arena *a, struct session *s, struct look_view *view)
{
    struct look_holders holders = {0};
    int64_t until_us = view->look.decided_us + LOOK_SHOWN_DAYS * US_PER_DAY;
    if (view->look.state != LOOK_TOLD || until_us <= s->now_us)
        return NULL;
    TRY(look_list_holders(a, s, view->look.n, &holders));
    const struct inquiry_naming naming = {view->look.org, view->look.of_people};
    return inquiry_name(a, s, &holders, &naming, &view->names);
}

err looks_of(struct arena *a, struct session *s, const struct reader *r, str object,
             struct look_views *out)
{
    struct looks found = {0};
    TRY(looks_list_of(a, s, object, SHOWN_MAX, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct look *one = &found.items[i];
        bool is_theirs = one->actor == r->gate.actor || one->decided_by == r->gate.actor;
        if (r->gate.actor == 0 || !is_theirs)
            continue;
        struct look_view *view = LIST_ADD(a, out);
        TRY(show(a, s, r, one, view));
        TRY(add_names(a, s, view));
    }
    return NULL;
}

err looks_asked(struct arena *a, struct session *s, const struct reader *r, struct look_views *out)
{
    struct looks waiting = {0};
    if (!look_may_have_names(r))
        return NULL;
    TRY(looks_list_waiting(a, s, &waiting));
    for (size_t i = 0; i < waiting.count; i++) {
        bool is_second;
        TRY(look_is_second(a, s, r, &waiting.items[i], &is_second));
        if (is_second)
            TRY(show(a, s, r, &waiting.items[i], LIST_ADD(a, out)));
    }
    return NULL;
}

/* ---- whose receipts they are */

/* Of rows that belong to one look and differ in the audience, the first that the reader holds. */
static err add_rows(struct arena *a, struct session *s, const struct reader *r,
                    const struct looks_at *rows, const struct look_page *page,
                    struct look_views *out)
{
    for (size_t i = 0; i < rows->count && out->count < page->limit; i++) {
        const struct look_at *row = &rows->items[i];
        bool is_shown = out->count && out->items[out->count - 1].look.n == row->look.n;
        if (!is_shown && reader_may_read(s, r, row->audience))
            TRY(show(a, s, r, &row->look, LIST_ADD(a, out)));
    }
    return NULL;
}

err looks_at_ours(struct arena *a, struct session *s, const struct reader *r,
                  const struct look_page *page, struct look_views *out)
{
    int64_t before = page->before;
    for (bool is_last = false; !is_last && out->count < page->limit;) {
        struct looks_at rows = {0};
        TRY(looks_list_at(a, s, r->org->n, before, page->limit, &rows));
        TRY(add_rows(a, s, r, &rows, page, out));
        is_last = rows.count == 0;
        before = is_last ? 0 : rows.items[rows.count - 1].look.n;
    }
    return NULL;
}
