"""What a reader without a kernel sees: boards, shot list, plans, one page of all."""

from previz.report.boards import write_boards as write_boards
from previz.report.camera_report import CAMERA_COLUMNS as CAMERA_COLUMNS
from previz.report.camera_report import CameraReport as CameraReport
from previz.report.camera_report import CameraRow as CameraRow
from previz.report.camera_report import camera_report_html as camera_report_html
from previz.report.camera_report import camera_rows as camera_rows
from previz.report.curves import CameraCurves as CameraCurves
from previz.report.curves import camera_curves as camera_curves
from previz.report.curves import curves_figure as curves_figure
from previz.report.curves import curves_svg as curves_svg
from previz.report.curves import playhead_line as playhead_line
from previz.report.page import report_html as report_html
from previz.report.page import write_report as write_report
from previz.report.panels import board_pictures as board_pictures
from previz.report.panels import panel_frame as panel_frame
from previz.report.plan import plan_svg as plan_svg
from previz.report.plan_figure import PlanTracks as PlanTracks
from previz.report.plan_figure import plan_figure as plan_figure
from previz.report.plan_figure import plan_tracks as plan_tracks
from previz.report.plan_figure import show_on_plan as show_on_plan
from previz.report.shots import SHOT_COLUMNS as SHOT_COLUMNS
from previz.report.shots import ShotRow as ShotRow
from previz.report.shots import shot_rows as shot_rows
from previz.report.shots import shot_table_html as shot_table_html
from previz.report.shots import shot_words as shot_words
from previz.report.shots import write_shot_list as write_shot_list
