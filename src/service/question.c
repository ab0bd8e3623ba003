/*
 * Asking, answering, and reading both back.
 */
#include "service/question.h"

#include "base/uuid.h"
#include "service/briefing_answer.h"
#include "service/briefing_parts.h"

#define ON_CALL_LABEL "answered-on-the-call"
#define ON_CALL_WORDS "Answered on the call."

/* ---- asking */

err question_may_ask(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, bool *out)
{
    struct briefing_invitation mine;
    *out = false;
    if (b->status != BRIEFING_SENT || b->is_over)
        return NULL;
    TRY(briefing_my_invitation(a, s, r, b->id, &mine));
    *out = mine.id.len > 0;
    return NULL;
}

static err check_may_ask(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b)
{
    struct briefing_invitation mine;
    TRY(briefing_my_invitation(a, s, r, b->id, &mine));
    if (mine.id.len == 0)
        return FAIL(a, ERR_NOT_FOUND, "you have no invitation to this briefing");
    if (b->status == BRIEFING_SENT && !b->is_over)
        return NULL;
    return FAIL(a, ERR_CONFLICT, "this briefing %s, so that nothing is asked any more",
                b->status == BRIEFING_CANCELLED ? "was called off" : "is over");
}

static err check_content(struct arena *a, str content)
{
    if (str_trim(content).len == 0)
        return FAIL(a, ERR_INVALID, "a question says something");
    if (content.len > QUESTION_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the question is longer than %d bytes", QUESTION_BYTES_MAX);
    return NULL;
}

/* The label of what is asked about: of a RED item that of its place, which is all there is of it.
 * An item that they cannot see is none. */
static err find_label(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, str item, enum tlp *out)
{
    struct briefing_items items = {0};
    *out = b->label;
    if (item.len == 0)
        return NULL;
    TRY(briefing_items_get(a, s, r, b, &items));
    for (size_t i = 0; i < items.count; i++) {
        if (!str_eq(items.items[i].id, item))
            continue;
        if (!items.items[i].is_red)
            *out = items.items[i].label;
        return NULL;
    }
    return FAIL(a, ERR_INVALID, "there is no such item in this agenda");
}

static err check_room(struct arena *a, struct session *s, const struct reader *group,
                      const struct briefing *b)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, group, b->id, LIT("question"), &rows));
    if (rows.count < QUESTIONS_MAX)
        return NULL;
    return FAIL(a, ERR_CONFLICT, "this briefing has %d questions, and takes no more",
                QUESTIONS_MAX);
}

/* `by` contributes it: the asker's organization, or the group. */
static err append_question(struct arena *a, struct session *s, const struct reader *by,
                           const struct briefing *b, const struct question *q)
{
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, by, by->org->n);
    batch.is_exercise = b->is_exercise;
    const struct object_head head = {.type = "question",
                                     .extension = QUESTION_EXTENSION,
                                     .id = q->id,
                                     .created_by = by->org->id,
                                     .label = q->label};
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "briefing_ref", b->id);
    put_text_if(w, "item_ref", q->item);
    json_member(w, "content", q->content);
    put_text_if(w, "person_ref", q->person);
    put_text_if(w, "organization_ref", q->organization);
    batch_close(&batch, &head);
    return batch_append(&batch);
}

err question_ask(struct arena *a, struct session *s, const struct reader *r, str briefing,
                 const struct question_input *in, str *id)
{
    struct briefing b;
    struct reader group;
    struct question q = {.item = in->item, .content = in->content};
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(check_may_ask(a, s, r, &b));
    TRY(check_content(a, in->content));
    TRY(find_label(a, s, r, &b, in->item, &q.label));
    TRY(group_reader(a, s, b.group, &group));
    TRY(check_room(a, s, &group, &b));
    q.id = uuid_random_id(a, LIT("question"));
    const struct reader *by = in->is_unattributed ? &group : r;
    if (!in->is_unattributed) {
        q.person = r->person->id;
        q.organization = r->org->id;
    }
    TRY(append_question(a, s, by, &b, &q));
    if (in->is_unattributed) /* on the record the group is somebody too */
        TRY(reader_receipt_actor(a, s, &group, &group.gate.actor));
    TRY(briefing_record(a, s, by, "question.ask", q.id, (str){0}));
    *id = q.id;
    return NULL;
}

/* ---- few could have asked */

/* How many people of certain organizations (none: of whichever) are invited, up to QUESTION_FEW. */
static err count_invited(struct arena *a, struct session *s, const struct reader *group,
                         const struct briefing *b, const struct stix_strs *organizations,
                         size_t *out)
{
    const struct about_counting q = {
        .target = b->id, .type = LIT("briefing-invitation"), .limit = QUESTION_FEW};
    if (organizations->count == 0)
        return about_count(a, s, group, &q, out);
    *out = 0;
    for (size_t i = 0; i < organizations->count && *out < QUESTION_FEW; i++) {
        struct about_rows rows = {0};
        TRY(briefing_list_invitations(a, s, group, b->id, organizations->items[i], &rows));
        *out += rows.count;
    }
    return NULL;
}

/* Only the group knows for whom an item is; of it the reader learns about their own items. */
static err add_few_items(struct arena *a, struct session *s, const struct reader *group,
                         const struct briefing *b, struct question_few *out)
{
    struct briefing_items all = {0};
    TRY(briefing_items_get(a, s, group, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        size_t count;
        TRY(count_invited(a, s, group, b, &all.items[i].organizations, &count));
        if (count < QUESTION_FEW)
            *LIST_ADD(a, &out->items) = all.items[i].id;
    }
    return NULL;
}

err question_few_get(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct question_few *out)
{
    static const struct stix_strs ANY = {0};
    struct reader group;
    size_t invited;
    struct briefing_items seen = {0};
    struct question_few all = {0};
    TRY(group_reader(a, s, b->group, &group));
    TRY(count_invited(a, s, &group, b, &ANY, &invited));
    TRY(add_few_items(a, s, &group, b, &all));
    TRY(briefing_items_get(a, s, r, b, &seen));
    *out = (struct question_few){.is_few = invited < QUESTION_FEW};
    for (size_t i = 0; i < all.items.count; i++) {
        if (agenda_find(&seen, all.items.items[i]))
            *LIST_ADD(a, &out->items) = all.items.items[i];
    }
    return NULL;
}

/* ---- reading */

static str answer_id(struct arena *a, const struct session *s, const struct briefing *b,
                     str question)
{
    return derived_id(a, s, "note", policy_org(s->policy, b->group)->id, question);
}

/* The newest note of the group that answers it; absent: the zero entry. */
static err find_answer(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, str question, struct log_entry *out)
{
    *out = (struct log_entry){0};
    err absent = about_get(a, s, r, answer_id(a, s, b, question), out);
    return absent && absent->code != ERR_NOT_FOUND ? absent : NULL;
}

static err add_answer(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, struct question *q)
{
    struct log_entry e;
    struct stix_strs labels = {0};
    OWNED(parsed_done) struct parsed p = {0};
    TRY(find_answer(a, s, r, b, q->id, &e));
    if (e.number == 0)
        return NULL;
    TRY(parsed_read(a, s, &e, &p));
    parsed_texts(a, p.value, "labels", &labels);
    q->is_answered = true;
    q->answer_entry = e;
    q->answered_us = e.version_us;
    q->is_on_call = strs_have(&labels, LIT(ON_CALL_LABEL));
    q->answer = parsed_text(a, p.value, "content");
    if (q->is_on_call && str_eq(q->answer, LIT(ON_CALL_WORDS)))
        q->answer = (str){0};
    return NULL;
}

static err read_question(struct arena *a, struct session *s, const struct log_entry *e,
                         str *briefing, struct question *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    *briefing = parsed_text(a, v, "briefing_ref");
    *out = (struct question){.id = arena_copy(a, p.id),
                             .entry = *e,
                             .item = parsed_text(a, v, "item_ref"),
                             .content = parsed_text(a, v, "content"),
                             .person = parsed_text(a, v, "person_ref"),
                             .organization = parsed_text(a, v, "organization_ref"),
                             .label = parsed_label(v)};
    return NULL;
}

err question_list(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct questions *out)
{
    struct about_rows rows = {0};
    *out = (struct questions){0};
    TRY(about_list(a, s, r, b->id, LIT("question"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct question one;
        str briefing;
        TRY(read_question(a, s, &rows.items[i].entry, &briefing, &one));
        TRY(add_answer(a, s, r, b, &one));
        *LIST_ADD(a, out) = one;
    }
    return NULL;
}

err question_get(struct arena *a, struct session *s, const struct reader *r,
                 const struct briefing *b, str id, struct question *out)
{
    struct log_entry e;
    str briefing;
    if (!str_eq(stix_id_type(id), LIT("question")))
        return FAIL(a, ERR_NOT_FOUND, "there is no such question, or you may not see it");
    TRY(about_get(a, s, r, id, &e));
    TRY(read_question(a, s, &e, &briefing, out));
    if (!str_eq(briefing, b->id))
        return FAIL(a, ERR_NOT_FOUND, "there is no such question, or you may not see it");
    return add_answer(a, s, r, b, out);
}

err question_count_open(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, size_t *out)
{
    struct about_rows rows = {0};
    size_t open = 0;
    TRY(about_list(a, s, r, b->id, LIT("question"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct log_entry answer;
        str id;
        TRY(log_body_id(a, s, rows.items[i].entry.body, &id));
        TRY(find_answer(a, s, r, b, id, &answer));
        open += answer.number == 0;
    }
    *out = open;
    return NULL;
}

/* ---- answering */

static err check_answer(struct arena *a, const struct reader *r,
                        const struct question_answer *answer)
{
    if (!r->may_post)
        return FAIL(a, ERR_FORBIDDEN,
                    "a publisher of a host answers questions; ask your administrator for that "
                    "role");
    if (str_trim(answer->words).len == 0 && !answer->is_on_call)
        return FAIL(a, ERR_INVALID, "answer in words, or say that it was answered on the call");
    if (answer->words.len > QUESTION_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the answer is longer than %d bytes", QUESTION_BYTES_MAX);
    return NULL;
}

void question_put_answer(struct batch *batch, const struct briefing *b, const struct question *q,
                         const struct question_answer *answer)
{
    str label = LIT(ON_CALL_LABEL);
    const struct stix_strs labels = {&label, 1, 1};
    const struct stix_strs about = {(str[]){q->id, b->id}, 2, 2};
    const struct object_head head = {.type = "note",
                                     .id = answer_id(batch->a, batch->s, b, q->id),
                                     .modified_us = q->answered_us,
                                     .created_by = policy_org(batch->s->policy, b->group)->id,
                                     .label = q->label};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "content", str_trim(answer->words).len ? answer->words : LIT(ON_CALL_WORDS));
    put_texts(w, "object_refs", &about);
    if (answer->is_on_call)
        put_texts(w, "labels", &labels);
    batch_close(batch, &head);
}

err question_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    str question, const struct question_answer *answer)
{
    struct briefing b;
    struct question q;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(question_get(a, s, r, &b, question, &q));
    TRY(check_answer(a, r, answer));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    question_put_answer(&batch, &b, &q, answer);
    TRY(batch_append(&batch));
    return briefing_record(a, s, r, "question.answer", q.id, (str){0});
}
