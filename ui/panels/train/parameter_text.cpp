#include "ui/panels/train/parameter_text.h"

#include <QCoreApplication>

#include <string>

namespace assay {

QString parameterText(std::string_view text) {
    return text.empty() ? QString()
                        : QCoreApplication::translate("parameters", std::string(text).c_str());
}

} // namespace assay
