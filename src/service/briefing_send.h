/*
 * Sending a briefing: the order is one change, and is carried out in pieces, so that nobody waits
 * for the writer; after a restart it goes on where it stopped.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_SEND_H
#define TOCSIN_SERVICE_BRIEFING_SEND_H

#include "service/briefing_audience.h"
#include "service/writer.h"
#include "store/sendings.h"

/* Invitations in one commit. */
#define BRIEFING_SEND_PIECE 100

struct briefing_order {
    size_t people;      /* how many they were when the sender looked */
    str urgent_because; /* empty: not urgent, all hosts must have agreed (B8) */
};
/*
 * Orders to invite everyone of the audience who is not invited yet. ERR_CONFLICT where it is
 * another number now, or a host has not approved. Appends the audience, the next version of the
 * briefing and its items under it; from then on whoever will be invited reads it. To order again
 * what is all done is no error while nobody is new.
 */
err briefing_send(struct arena *a, struct session *s, const struct reader *r, str id,
                  const struct briefing_order *order) MUST_USE;

/* Appends the next piece of invitations, in the name of whom ordered it. */
err briefing_send_piece(struct arena *a, struct session *s, str id, bool *is_done) MUST_USE;

/* How far it is. Zeroes where nothing was ordered. */
err briefing_sending_get(struct arena *a, struct session *s, str id, struct sending *out) MUST_USE;

/*
 * Carries out what is ordered, piece by piece, as jobs of the writer that make room for others.
 * Called after each order, and once when the server starts.
 */
struct briefing_sender;
err briefing_sender_open(struct arena *a, struct store *store, struct writer *writer,
                         struct briefing_sender **out) MUST_USE;
/* There is an order. From any thread. */
void briefing_sender_wake(struct briefing_sender *sender);
/* Before the writer is closed. Accepts NULL. */
void briefing_sender_close(struct briefing_sender *sender);

#endif
