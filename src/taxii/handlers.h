/*
 * The handlers of the route table. Each implements the section of TAXII 2.1 named in routes.c.
 */
#ifndef TOCSIN_TAXII_HANDLERS_H
#define TOCSIN_TAXII_HANDLERS_H

#include "taxii/exchange.h"

err taxii_get_discovery(struct taxii_call *c) MUST_USE;
err taxii_get_root(struct taxii_call *c) MUST_USE;
err taxii_get_collections(struct taxii_call *c) MUST_USE;
err taxii_get_collection(struct taxii_call *c) MUST_USE;
err taxii_get_manifest(struct taxii_call *c) MUST_USE;
err taxii_get_objects(struct taxii_call *c) MUST_USE;
err taxii_get_object(struct taxii_call *c) MUST_USE;
err taxii_get_versions(struct taxii_call *c) MUST_USE;
err taxii_post_objects(struct taxii_call *c) MUST_USE;
err taxii_delete_object(struct taxii_call *c) MUST_USE;
err taxii_get_status(struct taxii_call *c) MUST_USE;

#endif
