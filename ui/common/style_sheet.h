#pragma once

#include <QString>

namespace assay {

struct DesignTokens;

/// The program's one style sheet: cards, segments, chips, key caps, buttons, fields, tables.
/// Widgets are addressed by the dynamic property `look` (see ui/common/controls.h), never by place.
QString styleSheet(const DesignTokens& tokens);

} // namespace assay
