#pragma once

#include "core/analysis/report.h"

#include <string>

namespace assay {

/// The training and evaluation loss of one run over its steps, as inline SVG. A loss that is not
/// finite leaves a gap.
std::string lossPlotSvg(const ReportCurve& curve);

} // namespace assay
