/*
 * In which order the writer takes its jobs (S5): the time that writing takes is shared evenly by
 * the organizations that have something to write, however many jobs each of them has waiting.
 *
 * No threads and no clock of its own: one lock guards it, and the writer says how long a job took.
 */
#ifndef TOCSIN_SERVICE_WRITER_QUEUE_H
#define TOCSIN_SERVICE_WRITER_QUEUE_H

#include "service/writer.h"

#define WRITER_JOBS_MAX 4096
#define WRITER_JOBS_PER_ORG_MAX 1024
/* Who is not signed in leaves room for those who are: from one place, and from all together. */
#define WRITER_JOBS_PER_STRANGER_MAX 64
#define WRITER_JOBS_OF_STRANGERS_MAX 1024

struct writer_queue;

struct writer_queue *writer_queue_open(void);
/* Accepts NULL. What still waits is the caller's. */
void writer_queue_close(struct writer_queue *q);

size_t writer_queue_count(const struct writer_queue *q);

/* False: too much waits, in all or of this organization. */
bool writer_queue_put(struct writer_queue *q, struct writer_job *job);

/*
 * The oldest job of whoever has used the least time. NULL where nothing waits, and where that job
 * would take longer than `left_us` if it is like its organization's last one: then it is the first
 * of the next commit, and this one keeps nobody waiting.
 */
struct writer_job *writer_queue_take(struct writer_queue *q, int64_t left_us);

/* The job's organization has used so much more. */
void writer_queue_charge(struct writer_queue *q, const struct writer_job *job, int64_t took_us);

#endif
