/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sections.h"

#include "sm-alarms-page.h"
#include "sm-catalogue-page.h"
#include "sm-figures-page.h"
#include "sm-limits-page.h"
#include "sm-list-page.h"
#include "sm-list-specs.h"
#include "sm-papers-page.h"
#include "sm-pending-page.h"
#include "sm-replay-page.h"
#include "sm-shift-page.h"
#include "sm-wall-page.h"
#include "sm-windows-page.h"
#include "sm-work-figures-page.h"
#include "sm-work-orders-page.h"

#include <glib/gi18n-lib.h>

const SmSection sm_sections[] = {
  { "wall", N_ ("Wall"), "video-display-symbolic", NULL },
  { "vehicles", N_ ("Vehicles"), "view-list-symbolic", "vehicle.read" },
  { "stations", N_ ("Stations"), "mark-location-symbolic", "network.read" },
  { "batteries", N_ ("Batteries"), "battery-good-symbolic", "vehicle.read" },
  { "alarms", N_ ("Alarms"), "dialog-warning-symbolic", "alarm.read" },
  { "shift", N_ ("Shift"), "system-users-symbolic", "alarm.read" },
  { "figures", N_ ("Alarm figures"), "document-properties-symbolic", "alarm.read" },
  { SM_CATALOGUE_LINK, N_ ("Fault catalogue"), "accessories-dictionary-symbolic", "alarm.read" },
  { SM_WINDOWS_LINK, N_ ("Maintenance"), "applications-engineering-symbolic", "alarm.read" },
  { SM_LIMITS_LINK, N_ ("Limits"), "emblem-system-symbolic", "network.read" },
  { SM_WORK_ORDERS_PAGE_NAME, N_ ("Work orders"), "mail-send-receive-symbolic", "work_order.read" },
  { SM_WORK_FIGURES_LINK, N_ ("Work figures"), "view-grid-symbolic", "work_order.read" },
  { SM_PAPERS_PAGE_NAME, N_ ("Inspections"), "emblem-documents-symbolic", "work_order.read" },
  { "notifications", N_ ("Messages"), "mail-unread-symbolic", "alarm.read" },
  { "orders", N_ ("Orders"), "x-office-spreadsheet-symbolic", "order.read" },
  { SM_REPLAY_PAGE_NAME, N_ ("Replay"), "media-seek-backward-symbolic", "alarm.read" },
  { SM_SECTION_DRILL, N_ ("Drill"), "checkbox-checked-symbolic", "alarm.read" },
  { SM_SECTION_PENDING, N_ ("Pending and conflicts"), "document-open-recent-symbolic", NULL },
};
const guint sm_n_sections = G_N_ELEMENTS (sm_sections);

static const SmListSpec *const vehicle_lists[] = { &sm_vehicle_list, &sm_driving_event_list, NULL };
static const SmListSpec *const station_lists[] = { &sm_station_list, &sm_pile_list, NULL };
static const SmListSpec *const battery_lists[] = { &sm_battery_list, &sm_movement_list, NULL };
static const SmListSpec *const drill_lists[] = { &sm_drill_list, NULL };
static const SmListSpec *const order_lists[] = { &sm_order_list, NULL };
static const SmListSpec *const notification_lists[] = { &sm_notification_list, NULL };

static const struct
{
  const char *section;
  const SmListSpec *const *lists;
} lists[] = {
  { "vehicles", vehicle_lists }, { "stations", station_lists }, { "batteries", battery_lists },
  { "orders", order_lists },       { SM_SECTION_DRILL, drill_lists },
  { "notifications", notification_lists },
};

/** sm_section_title: Returns: in the language of the interface */
const char *
sm_section_title (const SmSection *section)
{
  return _(section->title);
}

/** sm_section_for_link: Returns: (nullable): the section that shows links to @link_page */
const char *
sm_section_for_link (const char *link_page)
{
  if (g_str_equal (link_page, "wall"))
    return "wall";
  if (g_str_equal (link_page, SM_SECTION_PENDING))
    return SM_SECTION_PENDING;
  if (g_str_equal (link_page, SM_REPLAY_PAGE_NAME))
    return SM_REPLAY_PAGE_NAME;
  if (g_str_equal (link_page, SM_WINDOWS_LINK))
    return SM_WINDOWS_LINK;
  if (g_str_equal (link_page, SM_CATALOGUE_LINK))
    return SM_CATALOGUE_LINK;
  if (g_str_equal (link_page, SM_LIMITS_LINK))
    return SM_LIMITS_LINK;
  if (sm_alarms_page_has_view (link_page))
    return "alarms";
  if (sm_shift_page_has_view (link_page))
    return "shift";
  if (sm_papers_page_has_view (link_page))
    return SM_PAPERS_PAGE_NAME;
  if (g_str_equal (link_page, "figures"))
    return "figures";
  if (g_str_equal (link_page, SM_WORK_FIGURES_LINK))
    return SM_WORK_FIGURES_LINK;
  if (g_str_equal (link_page, SM_WORK_ORDER_LINK) || sm_work_orders_page_has_view (link_page))
    return SM_WORK_ORDERS_PAGE_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; lists[i].lists[k] != NULL; k++)
      if (g_str_equal (lists[i].lists[k]->name, link_page))
        return lists[i].section;
  return NULL;
}

static gboolean
may_see (const SmSection *section,
         SmOps           *ops)
{
  return section->permission == NULL || ops == NULL || sm_ops_get_person (ops) == NULL
         || sm_ops_may (ops, section->permission);
}

/**
 * sm_section_is_shown:
 * @ops: (nullable): before a network is followed
 *
 * Returns: whether who is signed in may see it; while nobody is, what was kept is
 *   shown, all of it; how a drill goes only where one is played
 */
gboolean
sm_section_is_shown (const SmSection *section,
                     SmOps           *ops)
{
  if (g_str_equal (section->name, SM_SECTION_DRILL)
      && (ops == NULL || sm_status_get_drill (sm_ops_get_status (ops)) == NULL))
    return FALSE;
  return may_see (section, ops);
}

/**
 * sm_section_may_open:
 * @ops: whose person asks
 *
 * Returns: FALSE for a link to what who is signed in may not see
 */
gboolean
sm_section_may_open (const SmLink *link,
                     SmOps        *ops)
{
  const char *page = sm_link_get_page (link);
  const SmNoun *noun = sm_link_get_name (link) != NULL ? sm_noun_by_name (page)
                                                       : sm_noun_by_plural (page);
  const char *section = sm_section_for_link (page);

  if (noun != NULL && !sm_ops_may_read (ops, noun))
    return FALSE;
  for (guint i = 0; section != NULL && i < sm_n_sections; i++)
    if (g_str_equal (sm_sections[i].name, section))
      return may_see (&sm_sections[i], ops);
  return TRUE;
}

static const char *
title_of (const char *name)
{
  for (guint i = 0; i < sm_n_sections; i++)
    if (g_str_equal (sm_sections[i].name, name))
      return sm_section_title (&sm_sections[i]);
  return NULL;
}

/** sm_section_make: Returns: (transfer floating): the SmPage of a section */
GtkWidget *
sm_section_make (const char  *name,
                 SmOps       *ops,
                 SmViewState *state)
{
  if (g_str_equal (name, "wall"))
    return sm_wall_page_new (ops);
  if (g_str_equal (name, SM_SECTION_PENDING))
    return sm_pending_page_new (ops, title_of (name));
  if (g_str_equal (name, SM_REPLAY_PAGE_NAME))
    return sm_replay_page_new (ops, title_of (name));
  if (g_str_equal (name, SM_WINDOWS_LINK))
    return sm_windows_page_new (ops, state, title_of (name));
  if (g_str_equal (name, SM_CATALOGUE_LINK))
    return sm_catalogue_page_new (ops, state, title_of (name));
  if (g_str_equal (name, SM_LIMITS_LINK))
    return sm_limits_page_new (ops, state, title_of (name));
  if (g_str_equal (name, "alarms"))
    return sm_alarms_page_new (ops, state, title_of (name));
  if (g_str_equal (name, "figures"))
    return sm_figures_page_new (ops, state, title_of (name));
  if (g_str_equal (name, SM_WORK_FIGURES_LINK))
    return sm_work_figures_page_new (ops, state, title_of (name));
  if (g_str_equal (name, SM_WORK_ORDERS_PAGE_NAME))
    return sm_work_orders_page_new (ops, state, title_of (name));
  if (g_str_equal (name, SM_PAPERS_PAGE_NAME))
    return sm_papers_page_new (ops, state, title_of (name));
  if (g_str_equal (name, "shift"))
    return sm_shift_page_new (ops, state, title_of (name));
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].section, name))
      return sm_list_page_new (ops, state, title_of (name), lists[i].lists);
  return NULL;
}
