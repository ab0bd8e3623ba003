/*
 * Named audiences: the definition is made here, checked like any other object, and appended.
 */
#include "service/admin_audience.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "stix/validate.h"
#include "store/log.h"
#include "store/people.h"
#include "json/write.h"

#define DEFINITION_BYTES_MAX ((size_t)1 << 20)

/* What the lists come down to: STIX ids. */
struct resolved {
    const struct policy_org *owner;
    str *organizations;
    str *people;
};

static err resolve(struct arena *a, struct session *s, const struct admin_audience *audience,
                   struct resolved *out)
{
    TRY(admin_find_active(a, s, audience->as, &out->owner));
    out->organizations = NEW_ARRAY(a, audience->organization_count, str);
    for (size_t i = 0; i < audience->organization_count; i++) {
        const struct policy_org *org;
        TRY(admin_find_org(a, s, audience->organizations[i], &org));
        out->organizations[i] = org->id;
    }
    out->people = NEW_ARRAY(a, audience->person_count, str);
    for (size_t i = 0; i < audience->person_count; i++) {
        const struct policy_person *person;
        TRY(people_find(a, s, audience->people[i], &person));
        out->people[i] = person->id;
    }
    for (size_t i = 0; i < audience->token_count; i++) {
        if (map_get(&s->policy->token_by_id, audience->tokens[i]) == NULL)
            return FAIL(a, ERR_NOT_FOUND,
                        "there is no token %.*s; its id stands in the list of its organization's "
                        "tokens (tocsin token list)",
                        STR_ARG(audience->tokens[i]));
    }
    return NULL;
}

static void put_list(struct json_writer *w, const char *key, const str *items, size_t count)
{
    if (count == 0)
        return;
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < count; i++)
        json_put_string(w, items[i]);
    json_close_array(w);
}

static void put_extension(struct json_writer *w, const struct admin_audience *audience,
                          const struct resolved *r)
{
    json_key(w, LIT("extensions"));
    json_open_object(w);
    json_key(w, LIT(MARKING_AUDIENCE_EXTENSION));
    json_open_object(w);
    json_member(w, "extension_type", LIT("property-extension"));
    put_list(w, "organizations", r->organizations, audience->organization_count);
    put_list(w, "people", r->people, audience->person_count);
    put_list(w, "tokens", audience->tokens, audience->token_count);
    if (audience->sectors)
        json_member_bits(w, "sectors", audience->sectors, sector_name);
    put_list(w, "jurisdictions", audience->jurisdictions, audience->jurisdiction_count);
    if (audience->roles)
        json_member_bits(w, "roles", audience->roles, role_name);
    if (audience->use != MARKING_USE_UNSAID) {
        json_key(w, LIT("use"));
        json_open_object(w);
        json_member(w, "action", marking_use_name(audience->use));
        json_member_if(w, "text", audience->use_text);
        json_close_object(w);
    }
    json_close_object(w);
    json_close_object(w);
}

static err write_definition(struct arena *a, const struct session *s,
                            const struct admin_audience *audience, const struct resolved *r,
                            str *out)
{
    char time[CLOCK_TEXT_BYTES];
    str created = clock_write_ms(s->now_us, time);
    OWNED(buf_done) struct buf text;
    buf_init(&text, DEFINITION_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "type", LIT("marking-definition"));
    json_member(&w, "spec_version", LIT("2.1"));
    json_member(&w, "id", uuid_random_id(a, LIT("marking-definition")));
    json_member(&w, "created_by_ref", r->owner->id);
    json_member(&w, "created", created);
    json_member(&w, "name", audience->name);
    put_extension(&w, audience, r);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    *out = arena_copy(a, buf_str(&text));
    return NULL;
}

static err members_collection(struct arena *a, const struct session *s, uint32_t *out)
{
    *out = s->policy->members;
    if (*out)
        return NULL;
    return FAIL(a, ERR_CORRUPT, "the built-in collection Members is missing; restore a backup");
}

static err append(struct arena *a, struct session *s, const struct policy_org *owner, str bytes,
                  str *id)
{
    uint32_t collection;
    struct reader reader;
    TRY(members_collection(a, s, &collection));
    TRY(reader_make(a, s, owner, NULL, NULL, &reader));
    OWNED(json_reader_done) struct json_reader json_reader = {0};
    json value;
    TRY(json_read(a, &json_reader, bytes, NULL, &value));
    struct stix_findings findings = {0};
    stix_check(a, value, STIX_SPEC_2_1, &findings);
    TRY(stix_findings_error(a, &findings));
    struct log_item item = {0};
    TRY(stix_object_read(a, value, &item.object));
    struct log_submission sub = {.reader = &reader,
                                 .contributor = owner->n,
                                 .collections = &collection,
                                 .collection_count = 1,
                                 .items = &item,
                                 .item_count = 1};
    TRY(log_append(a, s, &sub));
    if (item.outcome == LOG_REFUSED)
        return FAIL(a, ERR_INVALID, "the audience was refused: %.*s", STR_ARG(item.message));
    *id = arena_copy(a, item.object.id);
    return NULL;
}

static err check_lists(struct arena *a, const struct admin_audience *audience)
{
    bool admits = audience->organization_count || audience->person_count || audience->token_count ||
                  audience->sectors || audience->jurisdiction_count || audience->roles;
    if (!admits)
        return FAIL(a, ERR_USAGE,
                    "the audience would admit nobody; name organizations, people, "
                    "tokens, or sectors, jurisdictions and roles to match");
    if (str_trim(audience->name).len == 0 || audience->name.len > MEMBERS_NAME_BYTES_MAX ||
        !utf8_is_line(audience->name))
        return FAIL(a, ERR_USAGE,
                    "an audience needs a name of 1 to %d bytes in one line, all of it seen",
                    MEMBERS_NAME_BYTES_MAX);
    if (audience->use_text.len && audience->use == MARKING_USE_UNSAID)
        return FAIL(a, ERR_USAGE,
                    "words on the use stand beside one: none, ask, internal or visible");
    return NULL;
}

err admin_add_audience_in(struct arena *a, struct session *s, const struct admin_audience *audience,
                          str *id)
{
    struct resolved r = {0};
    str bytes;
    str made;
    TRY(check_lists(a, audience));
    TRY(resolve(a, s, audience, &r));
    TRY(write_definition(a, s, audience, &r, &bytes));
    TRY(append(a, s, r.owner, bytes, &made));
    TRY(admin_record(a, s, "audience.add", made, r.owner->id));
    *id = made;
    return NULL;
}

err admin_add_audience(struct arena *a, struct store *store, const struct admin_audience *audience,
                       str *id)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_add_audience_in(a, &s, audience, id));
    return session_commit(a, &s);
}
