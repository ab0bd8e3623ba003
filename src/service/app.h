/*
 * The running exchange: everything that the surfaces over HTTP share.
 */
#ifndef TOCSIN_SERVICE_APP_H
#define TOCSIN_SERVICE_APP_H

#include "http/server.h"
#include "service/login.h"
#include "service/quota.h"
#include "service/writer.h"
#include "store/store.h"

#include <stdatomic.h>

struct page_cache;
struct briefing_sender;
struct file_keeper;

struct app {
    struct store *store;
    struct writer *writer;
    struct briefing_sender *sender; /* carries out what hosts send */
    struct file_keeper *keeper;     /* writes files that are handed in */
    struct login *login;
    struct quota *quota;
    struct page_cache *pages;
    str public_url;         /* without a final slash */
    bool is_loopback;       /* nobody but this machine can reach it */
    atomic_bool is_walking; /* somebody has the chain of the audit log walked */
};

#endif
