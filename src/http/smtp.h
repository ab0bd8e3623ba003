/*
 * Handing mail to a relay (SMTP, libcurl). One connection is kept between messages; used by one
 * thread at a time. TLS is verified where it is spoken; a password is never sent in the clear to
 * another machine.
 */
#ifndef TOCSIN_HTTP_SMTP_H
#define TOCSIN_HTTP_SMTP_H

#include "base/error.h"

struct smtp_relay {
    str url;  /* smtp:// (STARTTLS where the relay offers it) or smtps:// */
    str user; /* empty: none */
    str password;
    str ca_file;                  /* PEM; empty: the system's authorities */
    unsigned connect_seconds_max; /* zero: 10 */
    unsigned total_seconds_max;   /* zero: 60 */
};

struct smtp;

/* The relay's texts are copied. ERR_INPUT: the URL is none of a relay. */
err smtp_open(struct arena *a, const struct smtp_relay *relay, struct smtp **out) MUST_USE;
/* Accepts a pointer to NULL; for OWNED. */
void smtp_close(struct smtp **smtp);

struct smtp_mail {
    str return_path;
    str recipient;
    str bytes; /* with CR LF */
};

/*
 * Hands one mail over. ERR_INVALID: the relay refuses it for good (a code from 550 on) in its own
 * words. ERR_IO, ERR_TIMEOUT: no connection, or it broke. ERR_FORBIDDEN: certificate, name or
 * password are not right. ERR_BUSY: not now.
 */
err smtp_send(struct arena *a, struct smtp *smtp, const struct smtp_mail *mail) MUST_USE;

/* Connects, greets and signs in, and sends nothing. */
err smtp_try(struct arena *a, struct smtp *smtp) MUST_USE;

#endif
