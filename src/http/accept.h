/*
 * Media types: what a client accepts (RFC 9110 §12.5.1) and what it sends (§8.3).
 *
 * Types, parameter names and the values of `version` and `charset` are compared in any letter
 * case; values may be quoted. A list is judged whole: elements that are no media range are passed
 * over. `charset` in a range is ignored, since all we send is UTF-8.
 */
#ifndef TOCSIN_HTTP_ACCEPT_H
#define TOCSIN_HTTP_ACCEPT_H

#include "base/str.h"

/*
 * The index of the best offer for an Accept header, or -1 if none is acceptable. Offers are media
 * types such as "application/taxii+json;version=2.1". A range without a parameter takes an offer
 * with it; a range with a parameter takes only offers with the same value. The most specific range
 * decides each offer's weight; the highest weight wins, then the earlier offer. An absent or empty
 * header takes the first offer.
 */
int http_accept_choose(str header, const str *offers, size_t count);

/*
 * Whether a Content-Type names `type` ("application/taxii+json;version=2.1"): same type, and no
 * parameter of ours with another value. A missing version is fine; an empty header is not.
 */
bool http_content_type_is(str header, str type);

/*
 * Whether `coding` ("gzip") is acceptable to an Accept-Encoding header: named or matched by "*",
 * with a weight above zero. False for an absent header.
 */
bool http_accepts_coding(str header, str coding);

/* Whether the If-None-Match list names `etag` (quotes included), comparing weakly; or is "*". */
bool http_etag_matches(str header, str etag);

#endif
