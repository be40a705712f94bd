#include "ui/shell/icon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace assay {

namespace {

QPixmap drawing(const QByteArray& svg, const QColor& colour, int size) {
    // Our drawings stroke with currentColor, which Qt's renderer does not know.
    QByteArray tinted = svg;
    tinted.replace("currentColor", colour.name().toLatin1());
    constexpr int scale = 2;
    QPixmap pixmap(size * scale, size * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(tinted);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

} // namespace

QIcon lineIcon(const QString& name, const QColor& colour, const QColor& checked, int size) {
    QFile file(QStringLiteral(":/assay/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll();
    QIcon icon;
    icon.addPixmap(drawing(svg, colour, size), QIcon::Normal, QIcon::Off);
    icon.addPixmap(drawing(svg, checked, size), QIcon::Normal, QIcon::On);
    return icon;
}

} // namespace assay
