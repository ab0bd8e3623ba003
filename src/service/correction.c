/*
 * Writing corrections, and showing each reader what they may read of them.
 */
#include "service/correction.h"

#include "base/uuid.h"
#include "service/approval.h"
#include "service/briefing_answer.h"
#include "service/briefing_parts.h"
#include "service/mail.h"
#include "service/question.h"
#include "store/newest.h"
#include "store/receipts.h"

/* How long a correction waits at home for who has not seen it, and how many are looked at. */
#define AWAITED_US (90 * US_PER_DAY)
#define AWAITED_MAX 50

str correction_of_name(enum correction_of of)
{
    static const str NAMES[] = {LIT_INIT("about"), LIT_INIT("item"), LIT_INIT("answer")};
    return NAMES[of];
}

/* ---- reading */

static err was_given(struct arena *a, struct session *s, const struct reader *r,
                     const struct log_entries *entries, bool *out)
{
    uint32_t *numbers = NEW_ARRAY(a, entries->count, uint32_t);
    for (size_t i = 0; i < entries->count; i++)
        numbers[i] = entries->items[i].number;
    const struct receipt_question q = {.collection = s->policy->briefings,
                                       .kind = RECEIPT_OBTAINED,
                                       .numbers = numbers,
                                       .count = entries->count};
    return receipts_has_any(a, s->store->receipts, s->db, &q, r->gate.actor, out);
}

static err read_text(struct arena *a, struct session *s, const struct log_entry *e,
                     struct correction_text *out, str *question)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct stix_strs refs = {0};
    TRY(parsed_read(a, s, e, &p));
    str type = stix_id_type(p.id);
    bool is_note = str_eq(type, LIT("note"));
    *out = (struct correction_text){
        .entry = *e, .words = parsed_text(a, p.value, is_note ? "content" : "description")};
    if (str_eq(type, LIT("briefing-item")))
        out->title = parsed_text(a, p.value, "name");
    if (is_note) /* a note of the hosts names the question that it answers first */
        parsed_texts(a, p.value, "object_refs", &refs);
    if (refs.count)
        *question = refs.items[0];
    return NULL;
}

/* They were given it, or wrote it. */
static err has_seen(struct arena *a, struct session *s, const struct reader *r,
                    const struct log_entry *e, bool *out)
{
    struct log_entry one = *e;
    *out = r->gate.actor && e->actor == r->gate.actor;
    return *out ? NULL : was_given(a, s, r, &(struct log_entries){&one, 1, 1}, out);
}

/* Of the two versions those that this reader may read. */
static err read_texts(struct arena *a, struct session *s, const struct reader *r, json v,
                      struct correction *out)
{
    struct log_entries entries = {0};
    int64_t before_us = parsed_time(v, "before");
    int64_t after_us = parsed_time(v, "after");
    TRY(page_entries_of(a, s, r, out->object, s->policy->briefings, &entries));
    str object = out->object;
    for (size_t i = 0; i < entries.count; i++) {
        const struct log_entry *e = &entries.items[i];
        if (e->version_us == before_us)
            TRY(read_text(a, s, e, &out->before, &object));
        if (e->version_us == after_us)
            TRY(read_text(a, s, e, &out->after, &object));
    }
    out->object = object;
    return NULL;
}

static enum correction_of kind_of(str object)
{
    str type = stix_id_type(object);
    if (str_eq(type, LIT("briefing")))
        return CORRECTION_OF_ABOUT;
    return str_eq(type, LIT("briefing-item")) ? CORRECTION_OF_ITEM : CORRECTION_OF_ANSWER;
}

static err read_correction(struct arena *a, struct session *s, const struct reader *r,
                           const struct log_entry *e, struct correction *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    bool is_seen;
    TRY(parsed_read(a, s, e, &p));
    struct correction c = {.id = arena_copy(a, p.id),
                           .entry = *e,
                           .briefing = parsed_text(a, p.value, "briefing_ref"),
                           .object = parsed_text(a, p.value, "object_ref"),
                           .reason = parsed_text(a, p.value, "reason"),
                           .label = parsed_label(p.value)};
    c.of = kind_of(c.object);
    TRY(read_texts(a, s, r, p.value, &c));
    TRY(has_seen(a, s, r, e, &is_seen));
    c.is_new = !is_seen;
    *out = c;
    return NULL;
}

err correction_list(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, struct corrections *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, b->id, LIT("correction"), &rows));
    for (size_t i = rows.count; i > 0; i--) {
        if (rows.items[i - 1].entry.contributor == b->group)
            TRY(read_correction(a, s, r, &rows.items[i - 1].entry, LIST_ADD(a, out)));
    }
    return NULL;
}

/* ---- who is told at home */

/* Whoever was given a version that it replaces, or one before it. */
static err had_old_text(struct arena *a, struct session *s, const struct reader *r, json v,
                        bool *out)
{
    struct log_entries entries = {0};
    struct log_entries old = {0};
    str object = json_get_string(v, LIT("object_ref"));
    TRY(page_entries_of(a, s, r, object, s->policy->briefings, &entries));
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.items[i].version_us <= parsed_time(v, "before"))
            *LIST_ADD(a, &old) = entries.items[i];
    }
    return was_given(a, s, r, &old, out);
}

static err concerns(struct arena *a, struct session *s, const struct reader *r, json v, bool *out)
{
    struct briefing_invitation mine;
    str briefing = json_get_string(v, LIT("briefing_ref"));
    TRY(briefing_my_invitation(a, s, r, briefing, &mine));
    *out = mine.id.len > 0;
    return *out ? NULL : had_old_text(a, s, r, v, out);
}

static err count_one(struct arena *a, struct session *s, const struct reader *r, str briefing,
                     struct corrected_list *out)
{
    for (size_t i = 0; i < out->count; i++) {
        if (str_eq(out->items[i].briefing.id, briefing)) {
            out->items[i].count++;
            return NULL;
        }
    }
    struct corrected one = {.count = 1};
    err absent = briefing_get(a, s, r, briefing, &one.briefing);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    *LIST_ADD(a, out) = one;
    return NULL;
}

err correction_awaited(struct arena *a, struct session *s, const struct reader *r,
                       struct corrected_list *out)
{
    static const str TYPE[] = {LIT_INIT("correction")};
    struct page page;
    const struct newest_query q = {.collection = s->policy->briefings,
                                   .since_us = s->now_us - AWAITED_US,
                                   .types = TYPE,
                                   .type_count = 1,
                                   .limit = AWAITED_MAX};
    TRY(newest_read(a, s, r, &q, &page));
    for (size_t i = 0; i < page.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        bool is_seen;
        bool is_theirs = false;
        TRY(has_seen(a, s, r, &page.items[i].entry, &is_seen));
        if (is_seen)
            continue;
        TRY(parsed_read(a, s, &page.items[i].entry, &p));
        TRY(concerns(a, s, r, p.value, &is_theirs));
        if (is_theirs)
            TRY(count_one(a, s, r, parsed_text(a, p.value, "briefing_ref"), out));
    }
    return NULL;
}

/* ---- correcting */

/* What is corrected, as it stands. */
struct subject {
    enum correction_of of;
    str id; /* of the object in the log */
    int64_t version_us;
    enum tlp label;
    str title;
    str words;
    struct briefing_item item;
    struct question question;
};

static err find_item(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct subject *out)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(a, s, r, b, &items));
    const struct briefing_item *item = agenda_find(&items, out->id);
    if (item == NULL)
        return FAIL(a, ERR_INVALID, "there is no such item in this agenda");
    if (item->is_red)
        return FAIL(a, ERR_INVALID, "the text of a RED item is not here, so nothing is corrected");
    out->item = *item;
    out->version_us = item->entry.version_us;
    out->label = item->label;
    out->title = item->title;
    out->words = item->about;
    return NULL;
}

static err find_answer(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct subject *out)
{
    TRY(question_get(a, s, r, b, out->id, &out->question));
    if (out->question.answer.len == 0)
        return FAIL(a, ERR_INVALID, "this question has no answer in words that could be corrected");
    TRY(log_body_id(a, s, out->question.answer_entry.body, &out->id));
    out->version_us = out->question.answered_us;
    out->label = out->question.label;
    out->words = out->question.answer;
    return NULL;
}

static err find_subject(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, str object, struct subject *out)
{
    str type = stix_id_type(object);
    *out = (struct subject){.id = object, .of = CORRECTION_OF_ABOUT};
    if (str_eq(type, LIT("briefing-item"))) {
        out->of = CORRECTION_OF_ITEM;
        return find_item(a, s, r, b, out);
    }
    if (str_eq(type, LIT("question"))) {
        out->of = CORRECTION_OF_ANSWER;
        return find_answer(a, s, r, b, out);
    }
    if (!str_eq(object, b->id))
        return FAIL(a, ERR_INVALID, "say what is corrected: the briefing, an item or a question");
    out->version_us = b->entry.version_us;
    out->label = b->label;
    out->words = b->about;
    return NULL;
}

static err check_texts(struct arena *a, const struct subject *sub,
                       const struct correction_input *in)
{
    bool is_answer = sub->of == CORRECTION_OF_ANSWER;
    size_t words_max = is_answer ? QUESTION_BYTES_MAX : BRIEFING_TEXT_BYTES_MAX;
    if (in->words.len > words_max || in->title.len > BRIEFING_TITLE_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "a text has at most %zu bytes, a title %d", words_max,
                    BRIEFING_TITLE_BYTES_MAX);
    if (in->has_title && (sub->of != CORRECTION_OF_ITEM || str_trim(in->title).len == 0))
        return FAIL(a, ERR_INVALID, "an item has a title, and nothing else here has one");
    if (is_answer && str_trim(in->words).len == 0)
        return FAIL(a, ERR_INVALID, "an answer says something");
    if (str_eq(in->words, sub->words) && (!in->has_title || str_eq(in->title, sub->title)))
        return FAIL(a, ERR_INVALID, "this is the text as it stands; say what it should be");
    return NULL;
}

static err check_input(struct arena *a, const struct subject *sub,
                       const struct correction_input *in)
{
    int64_t seen_us;
    if (str_trim(in->reason).len == 0)
        return FAIL(a, ERR_INVALID, "say why: everyone who had the old text will read it");
    if (in->reason.len > CORRECTION_REASON_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the reason is longer than %d bytes",
                    CORRECTION_REASON_BYTES_MAX);
    TRY(check_texts(a, sub, in));
    if (clock_read(in->version, &seen_us, NULL) && seen_us == sub->version_us)
        return NULL;
    return FAIL(a, ERR_CONFLICT,
                "somebody changed this text while you did; look at it as it is now, and correct "
                "it then");
}

static err put_text(struct batch *batch, struct briefing *b, struct subject *sub,
                    const struct correction_input *in)
{
    const struct briefing_version v = {.briefing = b,
                                       .group_id = policy_org(batch->s->policy, b->group)->id,
                                       .marking = briefing_marking(batch->a, batch->s, b)};
    struct question_answer answer = {.words = in->words, .is_on_call = sub->question.is_on_call};
    switch (sub->of) {
    case CORRECTION_OF_ABOUT:
        b->about = in->words;
        batch_put_briefing(batch, &v);
        return NULL;
    case CORRECTION_OF_ITEM:
        sub->item.about = in->words;
        sub->item.title = in->has_title ? in->title : sub->item.title;
        return briefing_put_items(batch, &v, &(struct briefing_items){&sub->item, 1, 1});
    case CORRECTION_OF_ANSWER:
        question_put_answer(batch, b, &sub->question, &answer);
        return NULL;
    }
    return NULL;
}

/* Its readers are those of what it points at (G6). */
static void put_correction(struct batch *batch, const struct briefing *b, const struct subject *sub,
                           str id, str reason)
{
    const struct object_head head = {.type = "correction",
                                     .extension = CORRECTION_EXTENSION,
                                     .id = id,
                                     .created_by = policy_org(batch->s->policy, b->group)->id,
                                     .label = sub->label};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "object_ref", sub->id);
    put_time(w, "before", sub->version_us);
    put_time(w, "after", batch_next_version(batch->s, sub->version_us));
    json_member(w, "reason", reason);
    batch_close(batch, &head);
}

err correction_make(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    const struct correction_input *in, str *id)
{
    struct approval_before before;
    struct briefing b;
    struct subject sub;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    if (b.status == BRIEFING_DRAFT)
        return FAIL(a, ERR_CONFLICT, "nobody has got this yet; change it, and nothing is wrong");
    TRY(find_subject(a, s, r, &b, in->object, &sub));
    TRY(check_input(a, &sub, in));
    TRY(approval_look(a, s, r, &b, &before));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    *id = uuid_random_id(a, LIT("correction"));
    TRY(put_text(&batch, &b, &sub, in));
    put_correction(&batch, &b, &sub, *id, in->reason);
    TRY(batch_append(&batch));
    TRY(approval_follow(a, s, r, briefing, &before));
    TRY(mail_order_correction(a, s, *id));
    return briefing_record(a, s, r, "briefing.correct", *id, correction_of_name(sub.of));
}
