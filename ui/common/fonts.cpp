#include "ui/common/fonts.h"

#include <QFontDatabase>
#include <QStringList>

#include <cmath>

namespace assay {

namespace {

double& factor() {
    static double value = 1;
    return value;
}

QStringList installed(const QStringList& wanted) {
    static const QStringList known = QFontDatabase::families();
    QStringList found;
    for (const QString& family : wanted)
        if (known.contains(family))
            found.append(family);
    return found;
}

QFont sized(QFont font, double pixels) {
    // Half pixels are kept through the point size only; whole ones are exact.
    font.setPixelSize(int(std::lround(pixels * factor())));
    return font;
}

QFont textFace() {
    QFont font;
    static const QStringList families
        = installed({QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
            QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans CJK SC")});
    if (!families.isEmpty())
        font.setFamilies(families);
    return font;
}

QFont monoFace() {
    QFont font;
    static const QStringList families = installed({QStringLiteral("JetBrains Mono"),
        QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono"),
        QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("Noto Sans CJK SC")});
    if (!families.isEmpty())
        font.setFamilies(families);
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace

QFont textFont() {
    return sized(textFace(), 13);
}
QFont secondaryFont() {
    return sized(textFace(), 11.5);
}

QFont titleFont() {
    QFont font = textFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont monoFont() {
    return sized(monoFace(), 13.5);
}
QFont smallMonoFont() {
    return sized(monoFace(), 12);
}

void setDensity(Density density) {
    factor() = density == Density::Comfortable ? 1.15 : 1.0;
}
int scaled(int pixels) {
    return int(std::lround(pixels * factor()));
}

} // namespace assay
