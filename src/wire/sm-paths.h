/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The paths, parameters and headers of the contract: data/openapi.json. */
#define SM_PATH_API "/api"
#define SM_PATH_BASE "/api/v1"
#define SM_PATH_OPENAPI "/api/v1/openapi.json"
#define SM_PATH_SESSION "/api/v1/session"
#define SM_PATH_REFRESH "/api/v1/session/refresh"
#define SM_PATH_ME "/api/v1/me"
#define SM_PATH_CHANGES "/api/v1/changes"
#define SM_PATH_LIVE "/api/v1/live"             /* + "/" + plural of the noun */
#define SM_PATH_LIVE_VEHICLES "/api/v1/live/vehicles"
#define SM_PATH_INGEST_VEHICLES "/api/v1/ingest/vehicles"
#define SM_PATH_INGEST_FAULTS "/api/v1/ingest/faults"
#define SM_PATH_ALARMS "/api/v1/alarms"         /* + "/" + id [+ SM_PATH_ACKNOWLEDGE] */
#define SM_PATH_ACKNOWLEDGE "/acknowledge"
#define SM_PATH_CALLS "/calls"                  /* of an alarm */
#define SM_PATH_STEPS "/steps"                  /* of an alarm; + "/" + step */
#define SM_PATH_FAULT_CODES "/api/v1/fault_codes" /* + "/" + code */
#define SM_PATH_COMMANDS "/api/v1/commands"
#define SM_PATH_WORK_ORDERS "/api/v1/work_orders" /* [+ "/" + id [+ "/" + act]] */
#define SM_PATH_TIMELINE "/timeline"            /* of a work order */
#define SM_PATH_PHOTOS "/photos"                /* of a work order; + "/" + sum */
#define SM_PATH_PROBLEMS "/api/v1/problems"
#define SM_PATH_PARTS "/api/v1/parts"
#define SM_PATH_CERTIFICATES "/api/v1/certificates"
#define SM_PATH_INSPECTIONS "/api/v1/inspections" /* [+ "/" + id] */
#define SM_PATH_CONTACTS "/api/v1/contacts"
#define SM_PATH_INCIDENTS "/api/v1/safety_incidents"
#define SM_PATH_COMPLAINTS "/api/v1/complaints"
#define SM_PATH_WINDOWS "/api/v1/maintenance_windows" /* [+ "/" + id + "/" + act] */
#define SM_PATH_DESKS "/api/v1/desks"           /* [+ "/" + id + SM_PATH_SIT, LEAVE or CLOSE] */
#define SM_PATH_SIT "/sit"
#define SM_PATH_LEAVE "/leave"
#define SM_PATH_CLOSE "/close"
#define SM_PATH_SITTERS "/api/v1/sitters"
#define SM_PATH_ROSTER "/api/v1/roster"         /* [+ "/" + id [+ SM_PATH_REMOVE]] */
#define SM_PATH_REMOVE "/remove"
#define SM_PATH_HANDOVERS "/api/v1/handovers"   /* [+ "/" + id + SM_PATH_SIGN or SM_PATH_WITHDRAW] */
#define SM_PATH_SIGN "/sign"
#define SM_PATH_WITHDRAW "/withdraw"
#define SM_PATH_GATEWAY_COMMANDS "/api/v1/gateway/commands" /* [+ "/" + id] */
#define SM_PATH_GUIDANCES "/api/v1/guidances"   /* [+ "/" + id [+ "/" + act]] */
#define SM_PATH_GATEWAY_GUIDANCES "/api/v1/gateway/guidances" /* [+ "/" + id] */
#define SM_PATH_BATTERIES "/api/v1/batteries"
#define SM_PATH_NOTIFICATIONS "/api/v1/notifications"
#define SM_PATH_TELLING "/api/v1/telling"
#define SM_PATH_STATIONS "/api/v1/stations"
#define SM_PATH_PAST "/past"                    /* of a vehicle, station or area */
#define SM_PATH_CARBON "/api/v1/carbon"
#define SM_PATH_STATS "/api/v1/stats"           /* + "/" + name of the rollup */
#define SM_PATH_STATS_NOW "/api/v1/stats/now"
#define SM_PATH_STATS_ALARMS "/api/v1/stats/alarms"
#define SM_PATH_STATS_WORK_ORDERS "/api/v1/stats/work_orders"
#define SM_PATH_ALARM_TARGETS "/api/v1/alarm_targets"
#define SM_PATH_WORK_ORDER_LIMITS "/api/v1/work_order_limits"
#define SM_PATH_AUDIT "/api/v1/audit"
#define SM_PATH_SCANS "/api/v1/scans"           /* + "/" + code of a label [+ "/reports"] */
#define SM_PATH_REPORTS "/api/v1/reports"       /* + "/" + token */
#define SM_PATH_SCAN_CODES "/scan_codes"        /* of a station or a battery */
#define SM_PATH_WEB "/web"                      /* + "/" + file: what the pages for phones load */
#define SM_PATH_SCAN_PAGE "/r"                  /* + "/" + code of a label */
#define SM_PATH_PROGRESS_PAGE "/p"              /* + "/" + token of a report */
#define SM_PATH_ENGINEER "/m/"
#define SM_PATH_HEALTHZ "/healthz"
#define SM_PATH_READYZ "/readyz"

#define SM_QUERY_SINCE "since"
#define SM_QUERY_KINDS "kinds"
#define SM_QUERY_LIMIT "limit"
#define SM_QUERY_WAIT "wait"
#define SM_QUERY_AFTER "after"
#define SM_QUERY_SORT "sort"
#define SM_QUERY_CLAIMED_AT "claimed_at"
#define SM_QUERY_FROM "from"
#define SM_QUERY_TO "to"

#define SM_HEADER_TIME "Stationmaster-Time"     /* <RFC 3339>;rate=<x> */
#define SM_HEADER_IDEMPOTENCY_KEY "Idempotency-Key"
#define SM_HEADER_ETAG "ETag"
#define SM_HEADER_IF_MATCH "If-Match"

#define SM_CONTENT_TYPE_JSON "application/json"
#define SM_CONTENT_TYPE_MERGE_PATCH "application/merge-patch+json"

/* How long a poll is held open, and when its asker gives up on it. */
#define SM_POLL_WAIT_S 8
#define SM_POLL_TIMEOUT_S 11
/* The largest page of /changes. */
#define SM_CHANGES_MAX_LIMIT 5000
