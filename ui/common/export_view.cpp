#include "ui/common/export_view.h"

#include "ui/common/qcustomplot_header.h"

#include "core/base/file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QSvgGenerator>
#include <QWidget>

namespace assay {

namespace {

constexpr double pngScale = 2;

Result<void> write(const QByteArray& bytes, const QString& file) {
    return writeFileAtomically(
        file.toStdString(), std::string_view(bytes.constData(), std::size_t(bytes.size())));
}

QList<QCustomPlot*> visiblePlotsOf(QWidget* widget) {
    QList<QCustomPlot*> plots;
    if (auto* self = qobject_cast<QCustomPlot*>(widget))
        plots.append(self);
    for (QCustomPlot* plot : widget->findChildren<QCustomPlot*>())
        if (plot->isVisibleTo(widget))
            plots.append(plot);
    return plots;
}

QByteArray svgOf(QWidget* widget) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(widget->size());
    generator.setViewBox(QRect(QPoint(0, 0), widget->size()));
    generator.setTitle(
        widget->accessibleName().isEmpty() ? widget->windowTitle() : widget->accessibleName());
    QCPPainter painter;
    if (!painter.begin(&generator))
        return {};
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    if (!qobject_cast<QCustomPlot*>(widget))
        widget->render(&painter);
    // A plot paints itself from a buffer of pixels; drawn once more over it, it is made of lines.
    for (QCustomPlot* plot : visiblePlotsOf(widget)) {
        painter.save();
        painter.translate(plot->mapTo(widget, QPoint(0, 0)));
        plot->toPainter(&painter, plot->width(), plot->height());
        painter.restore();
    }
    painter.end();
    return buffer.data();
}

QByteArray pngOf(QWidget* widget) {
    const double ratio = std::max(pngScale, widget->devicePixelRatioF());
    QImage image(widget->size() * ratio, QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.setDevicePixelRatio(ratio);
    image.fill(widget->palette().color(QPalette::Window));
    QCPPainter painter;
    painter.begin(&image);
    widget->render(&painter);
    painter.setMode(QCPPainter::pmNoCaching);
    for (QCustomPlot* plot : visiblePlotsOf(widget)) {
        painter.save();
        painter.translate(plot->mapTo(widget, QPoint(0, 0)));
        plot->toPainter(&painter, plot->width(), plot->height());
        painter.restore();
    }
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

Result<void> saveWidgetPicture(QWidget* widget, const QString& file) {
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg"))
        return fail("export.picture_format", {{"path", file.toStdString()}});
    const QByteArray bytes = suffix == QLatin1String("svg") ? svgOf(widget) : pngOf(widget);
    if (bytes.isEmpty())
        return fail("export.picture", {{"path", file.toStdString()}});
    return write(bytes, file);
}

Result<void> saveTextFile(const QString& text, const QString& file) {
    return write(text.toUtf8(), file);
}

} // namespace assay
