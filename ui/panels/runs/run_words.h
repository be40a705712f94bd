#pragma once

#include <QCoreApplication>

namespace assay {

/// What the functions of this folder that belong to no class say: `RunWords::tr("queued")`.
struct RunWords {
    Q_DECLARE_TR_FUNCTIONS(Runs)
};

} // namespace assay
