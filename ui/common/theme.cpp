#include "ui/common/theme.h"

#include "ui/common/fonts.h"
#include "ui/common/style_sheet.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

DesignTokens& current() {
    static DesignTokens tokens = tokensFor(ThemeKind::Light);
    return tokens;
}

QPalette paletteOf(const DesignTokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.ground);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.panel);
    palette.setColor(QPalette::AlternateBase, t.sunken);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.secondary);
    palette.setColor(QPalette::Button, t.panel);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::ToolTipBase, t.panel);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accentGround);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::BrightText, t.wrong);
    palette.setColor(QPalette::Mid, t.hairline);
    palette.setColor(QPalette::Light, t.panel);
    palette.setColor(QPalette::Dark, t.hairline);
    for (const QPalette::ColorRole role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, blend(t.secondary, t.panel, 0.6));
    return palette;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

} // namespace

DesignTokens tokensFor(ThemeKind kind) {
    DesignTokens t;
    t.kind = kind;
    if (kind == ThemeKind::Light) {
        t.ground = QColor(0xF4, 0xF4, 0xF1);
        t.panel = QColor(0xFF, 0xFF, 0xFF);
        t.sunken = QColor(0xFA, 0xFA, 0xF8);
        t.hairline = QColor(0xE2, 0xE2, 0xDC);
        t.text = QColor(0x1E, 0x22, 0x27);
        t.secondary = QColor(0x6A, 0x71, 0x7B);
        t.accent = QColor(0x3B, 0x5B, 0xDB);
        t.accentGround = QColor(0xE9, 0xED, 0xFB);
        t.onAccent = QColor(0xFF, 0xFF, 0xFF);
        t.baseModel = QColor(0x00, 0x72, 0xB2);
        t.tunedModel = QColor(0xD5, 0x5E, 0x00);
        t.right = QColor(0x2B, 0x8A, 0x5A);
        t.caution = QColor(0xB7, 0x79, 0x1F);
        t.wrong = QColor(0xA8, 0x32, 0x7E);
        t.surprisal = QColor(90, 42, 134);
        t.bar = QColor(0x8F, 0x6B, 0xAE);
    } else {
        t.ground = QColor(0x14, 0x16, 0x1A);
        t.panel = QColor(0x1B, 0x1E, 0x24);
        t.sunken = QColor(0x17, 0x1A, 0x1F);
        t.hairline = QColor(0x2B, 0x30, 0x38);
        t.text = QColor(0xE4, 0xE7, 0xEB);
        t.secondary = QColor(0x94, 0x9D, 0xA9);
        t.accent = QColor(0x8A, 0xA4, 0xFF);
        t.accentGround = QColor(0x24, 0x2C, 0x45);
        t.onAccent = QColor(0x14, 0x16, 0x1A);
        t.baseModel = QColor(0x56, 0xB4, 0xE9);
        t.tunedModel = QColor(0xF2, 0x8C, 0x3B);
        t.right = QColor(0x5E, 0xC4, 0x92);
        t.caution = QColor(0xE3, 0xB3, 0x41);
        t.wrong = QColor(0xE5, 0x86, 0xC6);
        t.surprisal = QColor(190, 140, 255);
        t.bar = QColor(0x8C, 0x6A, 0xBC);
    }
    return t;
}

const DesignTokens& tokens() {
    return current();
}

void applyTheme(QApplication& application, ThemeKind kind) {
    current() = tokensFor(kind);
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setFont(textFont());
    application.setPalette(paletteOf(current()));
    application.setStyleSheet(styleSheet(current()));
}

QString themeName(ThemeKind kind) {
    return kind == ThemeKind::Dark ? QStringLiteral("dark") : QStringLiteral("light");
}

ThemeKind themeFromName(const QString& name) {
    return name == QLatin1String("dark") ? ThemeKind::Dark : ThemeKind::Light;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor blend(const QColor& over, const QColor& under, double alpha) {
    const auto mix = [alpha](double o, double u) { return float(o * alpha + u * (1 - alpha)); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
        mix(over.blueF(), under.blueF()));
}

QColor readableText(const QColor& preferred, const QColor& fill) {
    if (contrastRatio(preferred, fill) >= 4.5)
        return preferred;
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    return contrastRatio(black, fill) >= contrastRatio(white, fill) ? black : white;
}

} // namespace assay
