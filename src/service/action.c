/*
 * Telling what was done, and reading it back.
 */
#include "service/action.h"

#include "base/num.h"
#include "base/uuid.h"
#include "service/briefing_parts.h"
#include "service/reach.h"
#include "store/newest.h"

#include <stdio.h>

#define TEXT_BYTES_MAX 8000
#define WORDS_BYTES_MAX 800
#define COUNT_MOST INT64_C(1000000000000)
#define TITLE_BYTES_MAX 4000

#define DEED_NAME(ident, word) LIT_INIT(word),
static const str DEEDS[] = {ACTION_DEEDS(DEED_NAME)};

/* How a title says it: alone, and before a number. */
static const struct {
    const char *alone;
    const char *with_count;
} PHRASES[DEED_COUNT] = {
    [DEED_REMOVED] = {"removed", "removed"},
    [DEED_LABELLED] = {"labeled", "labeled"},
    [DEED_LIMITED] = {"limited reach", "limited the reach of"},
    [DEED_BLOCKED] = {"blocked", "blocked"},
    [DEED_SEIZED] = {"seized", "seized"},
    [DEED_CHARGED] = {"charged", "charged"},
    [DEED_PATCHED] = {"patched", "patched"},
    [DEED_WARNED] = {"warned people", "warned"},
    [DEED_CORRECTED] = {"corrected", "corrected"},
    [DEED_OTHER] = {"acted otherwise", "acted otherwise on"},
};

str action_deed_name(enum action_deed deed)
{
    ASSERT(deed < DEED_COUNT);
    return DEEDS[deed];
}

/* ---- the title */

/* "3,400" */
static void put_number(struct buf *to, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof(digits), "%lld", (long long)number);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            buf_put(to, LIT(","));
        buf_put(to, (str){digits + i, 1});
    }
}

static void put_deed(struct buf *to, enum action_deed deed, const struct action_count *count)
{
    if (count->count < 0) {
        buf_put(to, str_of(PHRASES[deed].alone));
        return;
    }
    buf_print(to, "%s ", PHRASES[deed].with_count);
    put_number(to, count->count);
    if (count->what.len)
        buf_print(to, " %.*s", STR_ARG(count->what));
}

static err make_title(struct arena *a, const struct action *action, str *out)
{
    OWNED(buf_done) struct buf text;
    size_t left = 0;
    buf_init(&text, TITLE_BYTES_MAX);
    for (unsigned i = 0; i < DEED_COUNT; i++)
        left += action->deeds[i].is_done;
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        if (!action->deeds[i].is_done)
            continue;
        put_deed(&text, (enum action_deed)i, &action->deeds[i]);
        left--;
        buf_put(&text, left > 1 ? LIT(", ") : left ? LIT(" and ") : (str){0});
    }
    if (action->concerns.len)
        buf_print(&text, ": %.*s", STR_ARG(action->concerns));
    TRY(buf_check(a, &text));
    str title = buf_str(&text);
    *out = arena_print(a, "%c%.*s", char_upper(title.at[0]), STR_ARG(str_skip(title, 1)));
    return NULL;
}

/* ---- telling */

static err check_text(struct arena *a, const char *what, str text, size_t bytes_max)
{
    if (text.len > bytes_max)
        return FAIL(a, ERR_INVALID, "%s is longer than %zu bytes", what, bytes_max);
    return NULL;
}

static err check_deeds(struct arena *a, const struct action *action)
{
    bool is_any = false;
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        const struct action_count *one = &action->deeds[i];
        is_any |= one->is_done;
        if (one->is_done && one->count > COUNT_MOST)
            return FAIL(a, ERR_INVALID, "no count is above a million million");
        TRY(check_text(a, "what was counted", one->what, WORDS_BYTES_MAX / DEED_COUNT));
    }
    if (!is_any)
        return FAIL(a, ERR_INVALID, "say what you did: at least one of the ten");
    return NULL;
}

static err check_action(struct arena *a, const struct session *s, const struct action *action)
{
    TRY(check_deeds(a, action));
    if (str_trim(action->happened).len == 0)
        return FAIL(a, ERR_INVALID, "say in a sentence or two what happened");
    if (action->taken_us > s->now_us + US_PER_DAY)
        return FAIL(a, ERR_INVALID, "what was done was done on a day that has come");
    if (action->label == TLP_RED)
        return FAIL(a, ERR_INVALID,
                    "TLP:RED is for people who are named, and this goes to partners; choose "
                    "TLP:AMBER+STRICT at most");
    TRY(check_text(a, "what it concerned", action->concerns, WORDS_BYTES_MAX));
    TRY(check_text(a, "what happened", action->happened, TEXT_BYTES_MAX));
    return check_text(a, "what partners can do", action->advice, TEXT_BYTES_MAX);
}

static err check_people(struct arena *a, struct session *s, const struct reader *r,
                        const struct action_input *in)
{
    struct reach reach;
    TRY(reach_find(a, s, r, in->action.label, &reach));
    if (reach.count == in->people)
        return NULL;
    return FAIL(a, ERR_CONFLICT,
                "%zu people would see this now, and you were shown %zu; look who they are and tell "
                "them then",
                reach.count, in->people);
}

static void open_once(struct json_writer *w, const char *key, bool *is_open)
{
    if (*is_open)
        return;
    json_key(w, str_of(key));
    json_open_object(w);
    *is_open = true;
}

static bool has_count(const struct action_count *one)
{
    return one->is_done && one->count >= 0;
}

/* Two dictionaries by deed, absent where they would be empty: how many, and of what. */
static void put_counts(struct json_writer *w, const struct action *action)
{
    bool is_open = false;
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        if (!has_count(&action->deeds[i]))
            continue;
        open_once(w, "counts", &is_open);
        json_key(w, DEEDS[i]);
        json_put_i64(w, action->deeds[i].count);
    }
    if (is_open)
        json_close_object(w);
    is_open = false;
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        if (!has_count(&action->deeds[i]) || action->deeds[i].what.len == 0)
            continue;
        open_once(w, "counted", &is_open);
        json_member(w, DEEDS[i].at, action->deeds[i].what);
    }
    if (is_open)
        json_close_object(w);
}

static void put_deeds(struct json_writer *w, const struct action *action)
{
    json_key(w, LIT("deeds"));
    json_open_array(w);
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        if (action->deeds[i].is_done)
            json_put_string(w, DEEDS[i]);
    }
    json_close_array(w);
    put_counts(w, action);
}

static err append(struct arena *a, struct session *s, const struct reader *r,
                  const struct action *action, const struct briefing *on)
{
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, r->org->n);
    batch.is_exercise = on->is_exercise;
    const struct object_head head = {.type = "action",
                                     .extension = ACTION_EXTENSION,
                                     .id = action->id,
                                     .created_by = r->org->id,
                                     .label = action->label};
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "name", action->title);
    json_member(w, "description", action->happened);
    put_deeds(w, action);
    put_time(w, "taken", action->taken_us);
    put_text_if(w, "concerns", action->concerns);
    put_text_if(w, "advice", action->advice);
    batch_close(&batch, &head);
    return batch_append(&batch);
}

/* As its last item, after those that are there. */
static err put_on_agenda(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, const struct action *action)
{
    struct briefing_input input = {.has_items = true};
    struct briefing_items there = {0};
    str id = action->id;
    TRY(briefing_items_get(a, s, r, b, &there));
    for (size_t i = 0; i < there.count; i++)
        *LIST_ADD(a, &input.items) = agenda_as_written(&there.items[i]);
    *LIST_ADD(a, &input.items) = (struct briefing_item){
        .title = action->title,
        .about = action->happened,
        .minutes = ACTION_AGENDA_MINUTES,
        .presenter = r->person->id,
        .label = action->label,
        .refs = {&id, 1, 1},
    };
    return briefing_edit(a, s, r, b->id, b->version, &input);
}

err action_tell(struct arena *a, struct session *s, const struct reader *r,
                const struct action_input *in, str *id)
{
    struct action action = in->action;
    struct briefing on = {0};
    if (r->org == NULL || !r->gate.is_active || r->person == NULL || !r->may_post)
        return FAIL(a, ERR_FORBIDDEN,
                    "to tell partners what your organization did one is a publisher of it; ask "
                    "your administrator for that role");
    TRY(check_action(a, s, &action));
    TRY(check_people(a, s, r, in));
    TRY(make_title(a, &action, &action.title));
    if (in->briefing.len)
        TRY(briefing_get_hosted(a, s, r, in->briefing, &on));
    action.id = uuid_random_id(a, LIT("action"));
    TRY(append(a, s, r, &action, &on));
    TRY(briefing_record(a, s, r, "action.tell", action.id, (str){0}));
    if (in->briefing.len)
        TRY(put_on_agenda(a, s, r, &on, &action));
    *id = action.id;
    return NULL;
}

/* ---- reading */

static void read_deeds(struct arena *a, json v, struct action *out)
{
    struct stix_strs done = {0};
    json counts = json_get(v, LIT("counts"));
    json counted = json_get(v, LIT("counted"));
    parsed_texts(a, v, "deeds", &done);
    for (unsigned i = 0; i < DEED_COUNT; i++)
        out->deeds[i] = (struct action_count){
            .is_done = strs_have(&done, DEEDS[i]),
            .count = parsed_number(counts, DEEDS[i].at, -1),
            .what = parsed_text(a, counted, DEEDS[i].at),
        };
}

static err read_action(struct arena *a, struct session *s, const struct log_entry *e,
                       struct action *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    struct action action = {.id = arena_copy(a, p.id), .entry = *e};
    action.title = parsed_text(a, v, "name");
    action.happened = parsed_text(a, v, "description");
    action.taken_us = parsed_time(v, "taken");
    action.concerns = parsed_text(a, v, "concerns");
    action.advice = parsed_text(a, v, "advice");
    action.label = parsed_label(v);
    read_deeds(a, v, &action);
    *out = action;
    return NULL;
}

err action_list(struct arena *a, struct session *s, const struct reader *r, uint32_t before,
                size_t limit, struct actions *out)
{
    static const str TYPE[] = {LIT_INIT("action")};
    const struct newest_query q = {.collection = s->policy->briefings,
                                   .before = before,
                                   .types = TYPE,
                                   .type_count = 1,
                                   .limit = limit < ACTION_LIST_MAX ? limit : ACTION_LIST_MAX};
    struct page page;
    TRY(newest_read(a, s, r, &q, &page));
    *out = (struct actions){0};
    for (size_t i = 0; i < page.count; i++) {
        struct action one;
        TRY(read_action(a, s, &page.items[i].entry, &one));
        *LIST_ADD(a, out) = one;
    }
    if (page.count == q.limit)
        out->next = page.items[page.count - 1].entry.number;
    return NULL;
}

static bool has_action(const struct actions *list, str id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->items[i].id, id))
            return true;
    }
    return false;
}

static err add_of_item(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing_item *item, struct actions *out)
{
    for (size_t i = 0; i < item->refs.count; i++) {
        struct action action;
        if (has_action(out, item->refs.items[i]))
            continue;
        err other = action_get(a, s, r, item->refs.items[i], &action);
        if (other == NULL)
            *LIST_ADD(a, out) = action;
        else if (other->code != ERR_NOT_FOUND)
            return other;
    }
    return NULL;
}

err action_list_told(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct actions *out)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(a, s, r, b, &items));
    for (size_t i = 0; i < items.count; i++)
        TRY(add_of_item(a, s, r, &items.items[i], out));
    return NULL;
}

err action_get(struct arena *a, struct session *s, const struct reader *r, str id,
               struct action *out)
{
    struct log_entry e;
    if (!str_eq(stix_id_type(id), LIT("action")))
        return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
    TRY(about_get(a, s, r, id, &e));
    return read_action(a, s, &e, out);
}
