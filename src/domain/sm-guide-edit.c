/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guide-edit.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
is_same_line (const SmGuideLine *one,
              const SmGuideLine *other)
{
  return g_strcmp0 (one->id, other->id) == 0 && g_strcmp0 (one->text, other->text) == 0
         && g_strcmp0 (one->text_zh, other->text_zh) == 0
         && fabs (one->weight - other->weight) < 1e-9;
}

static gboolean
are_same_lines (const GPtrArray *lines,
                const GPtrArray *others)
{
  gboolean are_same = lines->len == others->len;

  for (guint i = 0; are_same && i < lines->len; i++)
    are_same = is_same_line (lines->pdata[i], others->pdata[i]);
  return are_same;
}

/** sm_guide_edit_diff: Returns: bits of SmGuidePart, of what is not the same in both */
guint
sm_guide_edit_diff (const SmFaultGuide *guide,
                    const SmFaultGuide *other)
{
  guint parts = 0;

  if (g_strcmp0 (guide->consequence_text, other->consequence_text) != 0)
    parts |= SM_GUIDE_CONSEQUENCE;
  if (g_strcmp0 (guide->consequence_zh, other->consequence_zh) != 0)
    parts |= SM_GUIDE_CONSEQUENCE_ZH;
  if (!are_same_lines (guide->causes, other->causes))
    parts |= SM_GUIDE_CAUSES;
  if (!are_same_lines (guide->steps, other->steps))
    parts |= SM_GUIDE_STEPS;
  if (guide->respond_s != other->respond_s)
    parts |= SM_GUIDE_RESPOND;
  if (guide->command != other->command)
    parts |= SM_GUIDE_COMMAND;
  if (guide->forbids != other->forbids)
    parts |= SM_GUIDE_FORBIDS;
  if (guide->level != other->level)
    parts |= SM_GUIDE_LEVEL;
  return parts;
}

static void
take_lines (GPtrArray       **lines,
            const GPtrArray  *others)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);

  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (copy, sm_guide_line_copy (others->pdata[i]));
  g_ptr_array_unref (*lines);
  *lines = copy;
}

static void
take_text (char       **text,
           const char  *other)
{
  g_free (*text);
  *text = g_strdup (other);
}

/** sm_guide_edit_take: @parts: bits of SmGuidePart, that are to be as in @other */
void
sm_guide_edit_take (SmFaultGuide       *guide,
                    const SmFaultGuide *other,
                    guint               parts)
{
  if (parts & SM_GUIDE_CONSEQUENCE)
    take_text (&guide->consequence_text, other->consequence_text);
  if (parts & SM_GUIDE_CONSEQUENCE_ZH)
    take_text (&guide->consequence_zh, other->consequence_zh);
  if (parts & SM_GUIDE_CAUSES)
    take_lines (&guide->causes, other->causes);
  if (parts & SM_GUIDE_STEPS)
    take_lines (&guide->steps, other->steps);
  if (parts & SM_GUIDE_RESPOND)
    guide->respond_s = other->respond_s;
  if (parts & SM_GUIDE_COMMAND)
    guide->command = other->command;
  if (parts & SM_GUIDE_FORBIDS)
    guide->forbids = other->forbids;
  if (parts & SM_GUIDE_LEVEL)
    guide->level = other->level;
}

/** sm_guide_part_words: Returns: (transfer none): what a part is called */
const char *
sm_guide_part_words (SmGuidePart part)
{
  switch (part)
    {
    case SM_GUIDE_CONSEQUENCE:
      return _("What follows");
    case SM_GUIDE_CONSEQUENCE_ZH:
      return _("What follows, in Chinese");
    case SM_GUIDE_CAUSES:
      return _("Mostly from");
    case SM_GUIDE_STEPS:
      return _("What to do");
    case SM_GUIDE_RESPOND:
      return _("Begin within");
    case SM_GUIDE_COMMAND:
      return _("May be tried");
    case SM_GUIDE_FORBIDS:
      return _("Must not be tried");
    case SM_GUIDE_LEVEL:
    default:
      return _("Level");
    }
}
