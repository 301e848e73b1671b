"""The front door of metrics."""

from flask import Blueprint

from app.accounts.needs import anyone, may
from app.accounts.permissions import Permission
from app.core.web.routing import get, post
from app.metrics.routes import (
    dashboard,
    dashboards,
    downloads,
    evidence,
    explanations,
    options,
    report_mails,
    reprints,
    saved_reports,
    wallboards,
)

bp = Blueprint("metrics", __name__, url_prefix="/metrics", template_folder="templates")

_read = may(Permission.METRICS_READ)

get(bp, "", dashboard.show_metrics, needs=_read)
get(bp, "/<metric>/tickets", evidence.show_evidence, needs=_read)
get(bp, "/tickets/<int:number>", explanations.show_explanation, needs=_read)
get(bp, "/figures.csv", downloads.download_figures_csv, needs=_read)
get(bp, "/figures.json", downloads.download_figures_json, needs=_read)
get(bp, "/<metric>/tickets.csv", downloads.download_cases_csv, needs=_read)
get(bp, "/<metric>/tickets.json", downloads.download_cases_json, needs=_read)
get(bp, "/options", options.list_options, needs=_read)
post(bp, "/reprints", reprints.create_reprint, needs=_read)
get(bp, "/wallboard", wallboards.show_wallboard, needs=_read)

get(bp, "/reports", saved_reports.list_reports, needs=_read)
get(bp, "/reports/new", saved_reports.new_report, needs=_read)
post(bp, "/reports", saved_reports.create_report, needs=_read)
get(bp, "/reports/<int:id>", saved_reports.show_report, needs=_read)
get(bp, "/reports/<int:id>/edit", saved_reports.edit_report, needs=_read)
post(bp, "/reports/<int:id>", saved_reports.change_report, needs=_read)
post(bp, "/reports/<int:id>/deletion", saved_reports.delete_report, needs=_read)
get(bp, "/reports/<int:id>/figures.csv", saved_reports.download_report_csv, needs=_read)
get(bp, "/reports/<int:id>/figures.json", saved_reports.download_report_json, needs=_read)
get(bp, "/reports/<int:id>/tickets", saved_reports.show_report_tickets, needs=_read)
post(bp, "/reports/<int:id>/reprints", reprints.create_report_reprint, needs=_read)
get(bp, "/reports/<int:id>/mails", report_mails.list_report_mails, needs=_read)
post(bp, "/reports/<int:id>/mails", report_mails.create_report_mails, needs=_read)
get(bp, "/dashboards", dashboards.list_dashboards, needs=_read)
get(bp, "/dashboards/new", dashboards.new_dashboard, needs=_read)
post(bp, "/dashboards", dashboards.create_dashboard, needs=_read)
get(bp, "/dashboards/<int:id>", dashboards.show_dashboard, needs=_read)
get(bp, "/dashboards/<int:id>/<int:report_id>", dashboards.show_panel, needs=_read)
get(bp, "/dashboards/<int:id>/edit", dashboards.edit_dashboard, needs=_read)
post(bp, "/dashboards/<int:id>", dashboards.change_dashboard, needs=_read)
post(bp, "/dashboards/<int:id>/deletion", dashboards.delete_dashboard, needs=_read)
get(bp, "/dashboards/<int:id>/figures.csv", dashboards.download_dashboard_csv, needs=_read)
get(bp, "/dashboards/<int:id>/figures.json", dashboards.download_dashboard_json, needs=_read)
post(bp, "/dashboards/<int:id>/reprints", reprints.create_dashboard_reprint, needs=_read)
get(bp, "/dashboards/<int:id>/mails", report_mails.list_dashboard_mails, needs=_read)
post(bp, "/dashboards/<int:id>/mails", report_mails.create_dashboard_mails, needs=_read)
post(bp, "/mails/<int:id>", report_mails.change_mails, needs=_read)
get(bp, "/mails/stop/<token>", report_mails.show_report_stop, needs=anyone)
post(bp, "/mails/stop/<token>", report_mails.create_report_stop, needs=anyone)
