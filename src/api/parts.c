/*
 * Parts that several resources write.
 */
#include "api/parts.h"

#include "base/clock.h"
#include "stix/jurisdiction.h"
#include "stix/vocab.h"
#include "store/search_words.h"

#define CSV_BYTES_MAX ((size_t)1 << 20)

void part_organization(struct json_writer *w, const struct policy_org *org)
{
    json_open_object(w);
    json_member(w, "id", org->id);
    json_member(w, "name", org->name);
    json_member(w, "sector", org->sector);
    json_key(w, LIT("jurisdictions"));
    json_open_array(w);
    for (size_t i = 0; i < org->jurisdiction_count; i++)
        json_put_string(w, org->jurisdictions[i]);
    json_close_array(w);
    json_close_object(w);
}

void part_affiliation(struct json_writer *w, const struct policy_org *org, unsigned roles)
{
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, org);
    json_member_bits(w, "roles", roles, role_name);
    json_close_object(w);
}

void part_time(struct json_writer *w, const char *key, int64_t time_us)
{
    char text[CLOCK_TEXT_BYTES];
    json_member(w, key, clock_write(time_us, text));
}

err part_actor(struct json_writer *w, struct api_call *c, int64_t actor)
{
    struct reader who = {0};
    if (actor)
        TRY(reader_of_actor(c->rq->arena, &c->session, actor, 0, &who));
    if (who.org)
        json_member(w, "organization", who.org->name);
    if (who.person)
        json_member(w, "person", who.person->name);
    return NULL;
}

int64_t part_place(const struct api_page *page)
{
    int64_t n;
    return str_to_i64(page->place, &n) ? n : 0;
}

struct json_writer *part_list_open(struct api_call *c)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_key(w, LIT("items"));
    json_open_array(w);
    return w;
}

void part_list_send(struct api_call *c, const struct part_list *list)
{
    struct json_writer *w = &c->writer;
    json_close_array(w);
    if (list->has_more)
        api_page_next(c, w, arena_print(c->rq->arena, "%lld", (long long)list->last));
    json_close_object(w);
    api_send(c, 200);
}

err part_sheet_read(struct api_call *c, struct part_sheet *out)
{
    static const struct field_text CSV = {
        .is_required = true, .bytes_max = CSV_BYTES_MAX, .may_have_lines = true};
    struct api_fields f = api_fields(c);
    *out = (struct part_sheet){.csv = field_text(&f, "csv", CSV),
                               .is_preview = field_flag(&f, "is_preview", false)};
    return api_fields_check(&f);
}

struct json_writer *part_sheet_open(struct api_call *c, struct part_sheet_sum sum)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_i64(w, "changes", (int64_t)sum.changes);
    json_member_i64(w, "faults", (int64_t)sum.faults);
    json_member_bool(w, "is_done", sum.is_done);
    json_key(w, LIT("lines"));
    json_open_array(w);
    return w;
}

void part_sheet_send(struct api_call *c)
{
    json_close_array(&c->writer);
    json_close_object(&c->writer);
    api_send(c, 200);
}

struct field_list part_jurisdictions(struct api_fields *f, size_t count_max)
{
    struct field_list list =
        field_texts(f, "jurisdictions", (struct field_text){.bytes_max = 40}, count_max);
    for (size_t i = 0; i < list.count; i++) {
        if (!jurisdiction_read(f->c->rq->arena, list.items[i], &list.items[i]))
            field_fault(f, LIT("jurisdictions"), LIT(PART_JURISDICTION_WORDS));
    }
    return list;
}

bool part_is_called(struct arena *a, str name, const struct search_words *words)
{
    struct search_words own = {0};
    search_words_of_text(a, name, &own);
    for (size_t i = 0; i < words->count; i++) {
        bool is_found = false;
        for (size_t k = 0; k < own.count; k++)
            is_found |= str_starts(own.items[k], words->items[i]);
        if (!is_found)
            return false;
    }
    return true;
}

err part_words(struct api_call *c, err failure)
{
    struct arena *a = c->rq->arena;
    if (failure == NULL)
        return NULL;
    if (failure->code == ERR_NOT_FOUND)
        return api_not_found(c);
    if (failure->code == ERR_USAGE)
        return FAIL(a, ERR_INVALID, "%.*s", STR_ARG(error_text(a, failure)));
    return failure;
}
