/*
 * The administration of access.
 */
#include "service/admin_access.h"

#include "service/admin_people.h"
#include "store/people.h"
#include "store/tokens.h"

/* ---- tokens and certificates */

static err find_person_of(struct arena *a, struct session *s, const struct policy_org *org,
                          str email, int64_t *out)
{
    *out = 0;
    if (email.len == 0)
        return NULL;
    const struct policy_person *person;
    TRY(people_find(a, s, email, &person));
    TRY(admin_check_belongs(a, person, org));
    *out = person->n;
    return NULL;
}

static err find_collections(struct arena *a, struct session *s, const struct admin_token *token,
                            struct token_entry *entry)
{
    uint32_t *numbers = NEW_ARRAY(a, token->collection_count, uint32_t);
    for (size_t i = 0; i < token->collection_count; i++) {
        const struct policy_collection *c;
        TRY(collections_find(a, s, token->collections[i], &c));
        numbers[i] = c->n;
    }
    entry->collections = numbers;
    entry->collection_count = token->collection_count;
    return NULL;
}

static err make_digest(struct arena *a, const struct store *store, const struct admin_token *token,
                       struct token_entry *entry, str *secret)
{
    char *digest = arena_alloc(a, SECRET_DIGEST_BYTES);
    entry->digest = (str){digest, SECRET_DIGEST_BYTES};
    entry->is_certificate = token->fingerprint.len > 0;
    *secret = (str){0};
    if (!entry->is_certificate) {
        *secret = tokens_new_secret(a);
        tokens_digest(&store->keys, *secret, (unsigned char *)digest);
        return NULL;
    }
    if (!tokens_read_fingerprint(token->fingerprint, (unsigned char *)digest))
        return FAIL(a, ERR_USAGE,
                    "'%.*s' is no SHA-256 fingerprint: 64 hexadecimal digits, as "
                    "printed by: openssl x509 -noout -fingerprint -sha256 -in F",
                    STR_ARG(token->fingerprint));
    return NULL;
}

err admin_add_token_in(struct arena *a, struct session *s, const struct admin_token *token,
                       struct admin_token_made *out)
{
    struct admin_token_made made;
    struct token_entry entry = {
        .name = token->name, .is_read_only = token->is_read_only, .expires_us = token->expires_us};
    TRY(make_digest(a, s->store, token, &entry, &made.secret));
    const struct policy_org *org;
    TRY(admin_find_org(a, s, token->org, &org));
    TRY(find_person_of(a, s, org, token->person, &entry.person));
    TRY(find_collections(a, s, token, &entry));
    entry.org = org->n;
    str detail =
        arena_print(a, "for %.*s%s%s", STR_ARG(org->id), entry.is_read_only ? ", read-only" : "",
                    entry.collection_count ? ", narrowed" : "");
    TRY(tokens_add(a, s, &entry, &made.id));
    TRY(admin_record(a, s, entry.is_certificate ? "cert.add" : "token.add", made.id, detail));
    *out = made;
    return NULL;
}

err admin_add_token(struct arena *a, struct store *store, const struct admin_token *token,
                    struct admin_token_made *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_add_token_in(a, &s, token, out));
    return session_commit(a, &s);
}

static const struct policy_token *find_token(const struct policy *p, str key)
{
    unsigned char digest[HASH_SHA256_BYTES];
    if (!tokens_read_fingerprint(key, digest))
        return map_get(&p->token_by_id, key);
    const struct policy_token *t =
        map_get(&p->token_by_digest, (str){(char *)digest, sizeof(digest)});
    return t && t->is_certificate ? t : NULL;
}

err admin_revoke_token_in(struct arena *a, struct session *s, str key, str *id)
{
    const struct policy_token *token = find_token(s->policy, key);
    if (token == NULL)
        return FAIL(a, ERR_NOT_FOUND,
                    "there is no token or certificate %.*s; see: tocsin token "
                    "list, tocsin cert list",
                    STR_ARG(key));
    str found = arena_copy(a, token->id);
    const char *verb = token->is_certificate ? "cert.revoke" : "token.revoke";
    TRY(tokens_revoke(a, s, token->n));
    TRY(admin_record(a, s, verb, found, (str){0}));
    *id = found;
    return NULL;
}

err admin_revoke_token(struct arena *a, struct store *store, str key, str *id)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_revoke_token_in(a, &s, key, id));
    return session_commit(a, &s);
}

/* ---- collections */

static err find_publisher(struct arena *a, struct session *s, str publisher, int64_t *out)
{
    *out = 0;
    if (publisher.len == 0)
        return NULL;
    const struct policy_org *org;
    TRY(admin_find_org(a, s, publisher, &org));
    *out = org->n;
    return NULL;
}

static str collection_detail(struct arena *a, const struct collection_entry *entry)
{
    return arena_print(a, "default %.*s%s%s", STR_ARG(tlp_word(entry->default_tlp)),
                       entry->is_public ? ", public" : "",
                       entry->publisher ? ", with a publisher of record" : "");
}

err admin_add_collection_in(struct arena *a, struct session *s,
                            const struct collection_entry *entry, str publisher, str *id)
{
    struct collection_entry whole = *entry;
    str made;
    TRY(find_publisher(a, s, publisher, &whole.publisher));
    TRY(collections_add(a, s, &whole, &made));
    TRY(admin_record(a, s, "collection.add", made, collection_detail(a, &whole)));
    *id = made;
    return NULL;
}

err admin_add_collection(struct arena *a, struct store *store, const struct collection_entry *entry,
                         str publisher, str *id)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_add_collection_in(a, &s, entry, publisher, id));
    return session_commit(a, &s);
}

static err apply(struct arena *a, struct session *s, const struct admin_collection_change *change,
                 struct collection_entry *entry)
{
    if (change->title.len)
        entry->title = change->title;
    if (change->has_alias)
        entry->alias = change->alias;
    if (change->has_description)
        entry->description = change->description;
    if (change->has_default_tlp)
        entry->default_tlp = change->default_tlp;
    if (change->has_public)
        entry->is_public = change->is_public;
    if (change->has_publisher)
        TRY(find_publisher(a, s, change->publisher, &entry->publisher));
    return NULL;
}

err admin_edit_collection_in(struct arena *a, struct session *s, str collection,
                             const struct admin_collection_change *change, str *id)
{
    const struct policy_collection *c;
    TRY(collections_find(a, s, collection, &c));
    struct collection_entry entry = {.alias = c->alias,
                                     .title = c->title,
                                     .description = c->description,
                                     .default_tlp = c->default_tlp,
                                     .is_public = c->is_public,
                                     .publisher = c->publisher};
    str found = arena_copy(a, c->id);
    TRY(apply(a, s, change, &entry));
    str detail = collection_detail(a, &entry);
    TRY(collections_edit(a, s, c->n, &entry));
    TRY(admin_record(a, s, "collection.edit", found, detail));
    *id = found;
    return NULL;
}

err admin_edit_collection(struct arena *a, struct store *store, str collection,
                          const struct admin_collection_change *change, str *id)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_edit_collection_in(a, &s, collection, change, id));
    return session_commit(a, &s);
}

/* ---- grants */

static err read_subject(struct arena *a, struct session *s, str to, str *out)
{
    if (str_eq(to, LIT("all")) || str_starts(to, LIT("sector:"))) {
        *out = to;
        return NULL;
    }
    const struct policy_org *org;
    TRY(admin_find_org(a, s, to, &org));
    *out = arena_copy(a, org->id);
    return NULL;
}

static err change_grant(struct arena *a, struct session *s, const struct admin_grant *grant,
                        struct grant_entry *entry)
{
    if (!grant->is_revoked)
        return grants_put(a, s, entry);
    if (!grant->may_read && !grant->may_write)
        entry->may_read = entry->may_write = true;
    return grants_take(a, s, entry);
}

err admin_grant_in(struct arena *a, struct session *s, const struct admin_grant *grant)
{
    const struct policy_collection *c;
    TRY(collections_find(a, s, grant->collection, &c));
    str id = arena_copy(a, c->id);
    struct grant_entry entry = {.collection = c->n,
                                .may_read = grant->may_read,
                                .may_write = grant->may_write,
                                .until_us = grant->until_us,
                                .purpose = grant->purpose};
    TRY(read_subject(a, s, grant->to, &entry.subject));
    TRY(change_grant(a, s, grant, &entry));
    str detail =
        arena_print(a, "%.*s:%s%s%s", STR_ARG(entry.subject), entry.may_read ? " read" : "",
                    entry.may_write ? " write" : "", entry.until_us ? ", for a time" : "");
    return admin_record(a, s, grant->is_revoked ? "grant.revoke" : "grant.put", id, detail);
}

err admin_grant(struct arena *a, struct store *store, const struct admin_grant *grant)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_grant_in(a, &s, grant));
    return session_commit(a, &s);
}
