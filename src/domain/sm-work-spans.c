/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-spans.h"

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const SmWorkSpan *p = a, *q = b;

  if (p->of != q->of)
    return p->of < q->of ? -1 : 1;
  return (p->from > q->from) - (p->from < q->from);
}

/** sm_work_span_of: Returns: what stands for a thing among those of all nouns */
gint64
sm_work_span_of (guint  noun,
                 gint64 id)
{
  return ((gint64) noun << 54) | id;
}

/** sm_work_spans_merge: What is down twice at the same time is down once. */
void
sm_work_spans_merge (GArray *spans)
{
  guint n = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const SmWorkSpan *span = &g_array_index (spans, SmWorkSpan, i);
      SmWorkSpan *last = n > 0 ? &g_array_index (spans, SmWorkSpan, n - 1) : NULL;

      if (last != NULL && last->of == span->of && span->from <= last->to)
        last->to = MAX (last->to, span->to);
      else
        g_array_index (spans, SmWorkSpan, n++) = *span;
    }
  g_array_set_size (spans, n);
}

/** sm_work_spans_length: Returns: seconds */
double
sm_work_spans_length (const GArray *spans)
{
  double seconds = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const SmWorkSpan *span = &g_array_index (spans, SmWorkSpan, i);

      seconds += (double) (span->to - span->from) / SM_SECOND;
    }
  return seconds;
}

/** sm_work_spans_find: Returns: where those of a thing begin, or would, in merged ones */
guint
sm_work_spans_find (const GArray *spans,
                    gint64        of)
{
  guint low = 0, high = spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (spans, SmWorkSpan, middle).of < of)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/** sm_work_spans_length_of: Returns: seconds of one thing, in merged ones */
double
sm_work_spans_length_of (const GArray *spans,
                         gint64        of)
{
  double seconds = 0;

  for (guint i = sm_work_spans_find (spans, of); i < spans->len; i++)
    {
      const SmWorkSpan *span = &g_array_index (spans, SmWorkSpan, i);

      if (span->of != of)
        break;
      seconds += (double) (span->to - span->from) / SM_SECOND;
    }
  return seconds;
}

/** sm_work_spans_shared: Returns: how much of merged spans lies in other merged ones, in seconds */
double
sm_work_spans_shared (const GArray *spans,
                      const GArray *others)
{
  double seconds = 0;
  guint first = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const SmWorkSpan *span = &g_array_index (spans, SmWorkSpan, i);

      while (first < others->len)
        {
          const SmWorkSpan *other = &g_array_index (others, SmWorkSpan, first);

          if (other->of > span->of
              || (other->of == span->of && other->to > span->from))
            break;
          first++;
        }
      for (guint k = first; k < others->len; k++)
        {
          const SmWorkSpan *other = &g_array_index (others, SmWorkSpan, k);

          if (other->of != span->of || other->from >= span->to)
            break;
          seconds += (double) (MIN (span->to, other->to) - MAX (span->from, other->from))
                     / SM_SECOND;
        }
    }
  return seconds;
}
