/*
 * Tokens of an organization itself, made in the pages (G9): by an admin of that very organization,
 * whose people read all that such a token reads, and by stewards. No reading comes to an admin of
 * what it is part of (B3), and what a steward makes for others their own people are mailed about.
 */
#ifndef TOCSIN_SERVICE_ORG_TOKEN_H
#define TOCSIN_SERVICE_ORG_TOKEN_H

#include "service/admin_access.h"

/* The organization, for who may see its tokens, make and end them; ERR_FORBIDDEN else, also where
 * there is no such organization. */
err org_token_owner(struct arena *a, const struct session *s, const struct reader *r, str id,
                    const struct policy_org **out) MUST_USE;

/* Whether a token is that organization's own, and no person's. */
bool org_token_is_of(const struct policy_token *t, const struct policy_org *org);

/* `token->org` is one's own to make for (org_token_owner); it names no person and no certificate.
 * Narrowed as org_token_check_narrowing has it. */
err org_token_add(struct arena *a, struct session *s, const struct reader *r,
                  const struct admin_token *token, str public_url,
                  struct admin_token_made *out) MUST_USE;

/* ERR_NOT_FOUND where the token is not that organization's own. */
err org_token_revoke(struct arena *a, struct session *s, const struct reader *r, str org,
                     str token) MUST_USE;

/* Every collection that a token is to be narrowed to is one that `r` holds (a steward: any); else
 * ERR_NOT_FOUND, as where there is no such collection (G2). */
err org_token_check_narrowing(struct arena *a, const struct session *s, const struct reader *r,
                              const struct admin_token *token) MUST_USE;

#endif
