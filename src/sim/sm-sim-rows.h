/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

#define SM_SIM_PARTS_EACH 3
#define SM_SIM_CERTIFICATES_EACH 2

/* The register's rows of what was planned, without their own ids; (transfer full). */
SmRow *sm_sim_row_model         (const SmSimWorld *world, guint index);
SmRow *sm_sim_row_fleet         (const SmSimWorld *world, guint index, guint number);
SmRow *sm_sim_row_station       (const SmSimWorld *world, guint index, guint number);
SmRow *sm_sim_row_equipment     (const SmSimWorld *world, guint index);
SmRow *sm_sim_row_of_network    (guint index);
SmRow *sm_sim_row_organisation  (const SmSimWorld *world, guint index, guint n_agents);
SmRow *sm_sim_row_service_point (const SmSimWorld *world, guint index, gint64 organisation_id);
SmRow *sm_sim_row_engineer      (const SmSimWorld *world, guint index, gint64 organisation_id);
SmRow *sm_sim_row_part          (const SmSimWorld *world, guint index, guint n);
SmRow *sm_sim_row_certificate   (const SmSimWorld *world, guint index, guint n);
SmRow *sm_sim_row_driver        (const SmSimWorld *world, guint index);
SmRow *sm_sim_row_vehicle       (const SmSimWorld *world, guint index);
SmRow *sm_sim_row_battery       (const SmSimWorld *world, guint index);

G_END_DECLS
