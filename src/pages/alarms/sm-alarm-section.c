/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-section.h"

#include "sm-panel-section.h"

/* Parts of the panel of an alarm, as of any other thing. */

/** sm_alarm_section_new: Returns: (transfer floating): @child under a heading */
GtkWidget *
sm_alarm_section_new (const char *title,
                      GtkWidget  *child)
{
  return sm_panel_section_new (title, child);
}

/** sm_alarm_line_new: Returns: (transfer floating): a line of a list: what, and below it (nullable) more */
GtkWidget *
sm_alarm_line_new (const char *title,
                   const char *detail)
{
  return sm_panel_line_new (title, detail);
}

void
sm_alarm_lines_clear (GtkWidget *box)
{
  sm_panel_lines_clear (box);
}
