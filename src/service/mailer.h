/*
 * The thread that works off the outbox (B15): writes what was ordered, hands to the relay what is
 * due, and tries again with growing pauses what the relay did not take.
 */
#ifndef TOCSIN_SERVICE_MAILER_H
#define TOCSIN_SERVICE_MAILER_H

#include "service/mail.h"

/* Pauses double from the first to the longest; after so long a message has failed. */
#define MAILER_PAUSE_US (60 * US_PER_SECOND)
#define MAILER_PAUSE_US_MAX (4 * 3600 * US_PER_SECOND)
#define MAILER_GIVE_UP_US (2 * US_PER_DAY)

/*
 * Notes in `m` what became of a try at `now_us`; `failure` NULL: it was taken. ERR_INVALID and
 * ERR_INPUT are for good.
 */
void mailer_judge(struct arena *a, struct outbox_message *m, err failure, int64_t now_us);

/* How mail leaves. */
struct mailer_way {
    err (*send)(struct arena *a, void *context, const struct smtp_mail *mail) MUST_USE;
    void *context;
};

/*
 * Hands over everything that is due at `now_us`, each message noted in a commit of its own.
 * `*is_away`: it ended early, since the relay takes nothing from anybody just now.
 */
err mailer_turn(struct arena *a, struct store *store, const struct mailer_way *way, int64_t now_us,
                bool *is_away) MUST_USE;

struct mailer;
/* `public_url` must live as long as the mailer. */
err mailer_open(struct arena *a, struct store *store, str public_url, struct mailer **out) MUST_USE;
/* Ends the thread once the message under way is done. Accepts NULL. */
void mailer_close(struct mailer *m);

#endif
