/*
 * In the record's document: what was asked, put right, promised, done, and asked to be passed on.
 */
#include "base/num.h"
#include "service/action.h"
#include "service/briefing_document.h"
#include "service/commitment.h"
#include "service/correction.h"
#include "service/question.h"
#include "service/widening.h"

/* ---- questions */

static void put_answer(struct document *d, const struct question *q)
{
    if (!q->is_answered)
        document_put_lines(d, "", LIT("Not answered"));
    else if (!document_tells(d, &q->answer_entry))
        return;
    else if (q->answer.len)
        document_put_lines(
            d, q->is_on_call ? "Answered, also on the call: " : "Answered: ", q->answer);
    else
        document_put_lines(d, "", LIT("Answered on the call"));
}

/* One that nobody's name is on is given to nobody: the first to be would be who asked it (B18). */
static bool begin_question(struct document *d, const struct question *q)
{
    const struct log_entry *entries[] = {&q->entry, &q->answer_entry};
    return document_begin_as(d, entries, COUNT_OF(entries), q->person.len > 0);
}

static void put_question(struct document *d, const struct briefing_items *items,
                         const struct question *q)
{
    const struct briefing_item *item = agenda_find(items, q->item);
    if (!begin_question(d, q))
        return;
    buf_print(d->to, "- %.*s (", STR_ARG(document_line(d, q->content)));
    if (q->person.len)
        buf_print(d->to, "%.*s, %.*s", STR_ARG(document_person(d, q->person)),
                  STR_ARG(document_org(d, q->organization)));
    else
        buf_put(d->to, LIT("asked without a name"));
    if (item && document_tells(d, &item->entry))
        buf_print(d->to, ", about “%.*s”", STR_ARG(item->title));
    buf_put(d->to, LIT(")\n"));
    put_answer(d, q);
}

static err put_questions(struct document *d)
{
    struct questions all = {0};
    struct briefing_items items = {0};
    TRY(question_list(d->a, d->s, d->r, d->b, &all));
    TRY(briefing_items_get(d->a, d->s, d->r, d->b, &items));
    document_section(d, LIT("Questions"));
    for (size_t i = 0; i < all.count; i++)
        put_question(d, &items, &all.items[i]);
    return NULL;
}

/* ---- corrections */

static void put_text(struct document *d, const char *lead, const struct correction_text *text)
{
    if (!document_tells(d, &text->entry))
        return;
    if (text->title.len)
        document_put_lines(d, lead, text->title);
    document_put_lines(d, text->title.len ? "" : lead, text->words);
}

static void put_correction(struct document *d, const struct correction *c)
{
    static const char *const OF[] = {
        [CORRECTION_OF_ABOUT] = "What the briefing is about",
        [CORRECTION_OF_ITEM] = "An item of the agenda",
        [CORRECTION_OF_ANSWER] = "The answer to a question",
    };
    const struct log_entry *entries[] = {&c->entry, &c->before.entry, &c->after.entry};
    if (!document_begin(d, entries, COUNT_OF(entries)))
        return;
    str when = document_moment(d, c->entry.version_us);
    buf_print(d->to, "- %s, corrected on %.*s\n", OF[c->of], STR_ARG(when));
    document_put_lines(d, "Because: ", c->reason);
    put_text(d, "It said: ", &c->before);
    put_text(d, "It says: ", &c->after);
}

static err put_corrections(struct document *d)
{
    struct corrections all = {0};
    TRY(correction_list(d->a, d->s, d->r, d->b, &all));
    document_section(d, LIT("Corrections"));
    for (size_t i = 0; i < all.count; i++)
        put_correction(d, &all.items[i]);
    return NULL;
}

/* ---- commitments */

static err put_commitment(struct document *d, const struct commitment *c)
{
    static const char *const WORDS[] = {[COMMITMENT_OPEN] = "still open",
                                        [COMMITMENT_DONE] = "done",
                                        [COMMITMENT_DROPPED] = "dropped"};
    str day;
    if (!document_begin_one(d, &c->entry))
        return NULL;
    buf_print(d->to, "- %.*s (%.*s", STR_ARG(document_line(d, c->content)),
              STR_ARG(document_org(d, c->organization)));
    if (c->person.len)
        buf_print(d->to, ", %.*s", STR_ARG(document_person(d, c->person)));
    if (c->due_us) {
        TRY(document_day(d, c->due_us, &day));
        buf_print(d->to, ", by %.*s", STR_ARG(day));
    }
    buf_print(d->to, ": %s)\n", WORDS[c->word]);
    return NULL;
}

/* Those made at this briefing: what is open of editions before it is on their record. */
static err put_commitments(struct document *d)
{
    struct commitments all = {0};
    TRY(commitments_list(d->a, d->s, d->r, d->b, &all));
    document_section(d, LIT("Commitments"));
    for (size_t i = 0; i < all.count; i++) {
        if (str_eq(all.items[i].briefing, d->b->id))
            TRY(put_commitment(d, &all.items[i]));
    }
    return NULL;
}

/* ---- what partners did */

static err put_action(struct document *d, const struct action *action)
{
    str day;
    if (!document_begin_one(d, &action->entry))
        return NULL;
    TRY(document_day(d, action->taken_us, &day));
    str who = briefing_source(d->a, d->s, action->entry.contributor);
    buf_print(d->to, "- %.*s (%.*s, %.*s, %.*s)\n", STR_ARG(action->title), STR_ARG(who),
              STR_ARG(day), STR_ARG(tlp_name(action->label)));
    document_put_lines(d, "", action->happened);
    document_put_lines(d, "It concerned: ", action->concerns);
    document_put_lines(d, "What you can do now: ", action->advice);
    return NULL;
}

static err put_actions(struct document *d)
{
    struct actions all = {0};
    TRY(action_list_told(d->a, d->s, d->r, d->b, &all));
    document_section(d, LIT("What partners did"));
    for (size_t i = 0; i < all.count; i++)
        TRY(put_action(d, &all.items[i]));
    return NULL;
}

/* ---- requests to widen an item */

static void put_widening(struct document *d, const struct briefing_items *items,
                         const struct widening *w)
{
    const struct log_entry *entries[] = {&w->entry, &w->answer_entry};
    const struct briefing_item *item = agenda_find(items, w->item);
    if (!document_begin(d, entries, COUNT_OF(entries)))
        return;
    buf_print(d->to, "- %.*s, %.*s, asked to pass on ", STR_ARG(document_person(d, w->person)),
              STR_ARG(document_org(d, w->organization)));
    if (item && document_tells(d, &item->entry))
        buf_print(d->to, "“%.*s”\n", STR_ARG(item->title));
    else
        buf_put(d->to, LIT("an item\n"));
    document_put_lines(d, "What for: ", w->words);
    if (!w->is_answered)
        document_put_lines(d, "", LIT("Not answered"));
    else if (!document_tells(d, &w->answer_entry))
        return;
    else if (w->is_granted)
        document_put_lines(d, "", LIT("The hosts said yes"));
    else
        document_put_lines(d, "The hosts said no: ", w->reason);
}

static err put_widenings(struct document *d)
{
    struct widenings all = {0};
    struct briefing_items items = {0};
    TRY(widening_list(d->a, d->s, d->r, d->b, &all));
    TRY(briefing_items_get(d->a, d->s, d->r, d->b, &items));
    document_section(d, LIT("Asked to be passed on"));
    for (size_t i = 0; i < all.count; i++)
        put_widening(d, &items, &all.items[i]);
    return NULL;
}

err document_put_said(struct document *d)
{
    TRY(put_questions(d));
    TRY(put_corrections(d));
    TRY(put_commitments(d));
    TRY(put_actions(d));
    return put_widenings(d);
}
