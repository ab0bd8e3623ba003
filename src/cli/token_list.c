/*
 * The lists of tokens and of certificates.
 */
#include "cli/token_list.h"

#include "cli/record.h"
#include "store/store.h"

static str state_of(const struct session *s, const struct policy_token *t)
{
    if (t->is_revoked)
        return LIT("revoked");
    if (t->expires_us && t->expires_us <= s->now_us)
        return LIT("expired");
    return t->is_read_only ? LIT("read-only") : LIT("in force");
}

static void put_collections(struct arena *a, const struct policy *p, const struct policy_token *t,
                            struct record *r)
{
    str *ids = NEW_ARRAY(a, t->collection_count, str);
    size_t count = 0;
    for (size_t i = 0; i < t->collection_count; i++) {
        const struct policy_collection *c = policy_collection(p, (uint32_t)t->collections[i]);
        if (c)
            ids[count++] = arena_copy(a, c->alias.len ? c->alias : c->id);
    }
    record_list(r, "collections", ids, count);
}

static void put_token(struct arena *a, const struct session *s, const struct policy_token *t,
                      struct record *r)
{
    const struct policy_org *org = policy_org(s->policy, t->org);
    const struct policy_person *person = t->person ? policy_person(s->policy, t->person) : NULL;
    record_text(r, "id", arena_copy(a, t->id));
    record_text(r, "name", arena_copy(a, t->name));
    record_text(r, "organization", org ? arena_copy(a, org->name) : (str){0});
    record_text(r, "org", org ? arena_copy(a, org->id) : (str){0});
    record_json_only(r);
    record_text(r, "person", person ? arena_copy(a, person->email) : (str){0});
    record_text(r, "state", state_of(s, t));
    record_time(r, "expires", t->expires_us);
    put_collections(a, s->policy, t, r);
    if (t->is_certificate)
        record_text(r, "fingerprint", secret_hex(a, t->digest.at, t->digest.len));
}

err token_list_print(struct arena *a, struct cli *cli, bool is_of_certificates)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct records list = {.arena = a};
    for (size_t i = 0; i < s.policy->token_count; i++) {
        const struct policy_token *t = &s.policy->tokens[i];
        if (t->is_certificate == is_of_certificates)
            put_token(a, &s, t, records_add(&list));
    }
    return records_print(a, cli, &list, is_of_certificates ? "certificates" : "tokens");
}
