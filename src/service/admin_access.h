/*
 * The administration of access: tokens, certificates, collections and grants (G2, G9, S10).
 */
#ifndef TOCSIN_SERVICE_ADMIN_ACCESS_H
#define TOCSIN_SERVICE_ADMIN_ACCESS_H

#include "service/admin.h"
#include "store/collections.h"
#include "store/grants.h"

struct admin_token {
    str org;
    str person; /* e-mail; empty: none */
    str name;
    str fingerprint; /* of a certificate; empty: a bearer token is made */
    bool is_read_only;
    int64_t expires_us;     /* 0: never */
    const str *collections; /* ids, aliases or titles; with a count above 0: only these */
    size_t collection_count;
};
struct admin_token_made {
    str id;
    str secret; /* empty for a certificate */
};
err admin_add_token(struct arena *a, struct store *store, const struct admin_token *token,
                    struct admin_token_made *out) MUST_USE;
err admin_add_token_in(struct arena *a, struct session *s, const struct admin_token *token,
                       struct admin_token_made *out) MUST_USE;

/* By id, or a certificate by its fingerprint. `*id` is the token's id. */
err admin_revoke_token(struct arena *a, struct store *store, str key, str *id) MUST_USE;
err admin_revoke_token_in(struct arena *a, struct session *s, str key, str *id) MUST_USE;

/* `publisher` is an organization, or empty; `entry->publisher` is not looked at. */
err admin_add_collection(struct arena *a, struct store *store, const struct collection_entry *entry,
                         str publisher, str *id) MUST_USE;
err admin_add_collection_in(struct arena *a, struct session *s,
                            const struct collection_entry *entry, str publisher, str *id) MUST_USE;

/* What is to change; the rest stays. */
struct admin_collection_change {
    str title;
    bool has_alias;
    str alias;
    bool has_description;
    str description;
    bool has_default_tlp;
    enum tlp default_tlp;
    bool has_public;
    bool is_public;
    bool has_publisher;
    str publisher; /* empty: none */
};
err admin_edit_collection(struct arena *a, struct store *store, str collection,
                          const struct admin_collection_change *change, str *id) MUST_USE;
err admin_edit_collection_in(struct arena *a, struct session *s, str collection,
                             const struct admin_collection_change *change, str *id) MUST_USE;

struct admin_grant {
    str collection;
    str to; /* an organization, sector:S or all */
    bool may_read;
    bool may_write;
    bool is_revoked; /* takes the rights named; none named: every one */
    int64_t until_us;
    str purpose;
};
err admin_grant(struct arena *a, struct store *store, const struct admin_grant *grant) MUST_USE;
err admin_grant_in(struct arena *a, struct session *s, const struct admin_grant *grant) MUST_USE;

#endif
