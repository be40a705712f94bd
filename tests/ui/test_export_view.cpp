#include "tests/ui/window_test.h"
#include "ui/common/export_view.h"
#include "ui/common/plot/plot_view.h"

#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QVBoxLayout>

using namespace assay;
using namespace assay::test;

/// Pictures of widgets, as files.
class TestExportView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_widget = std::make_unique<QWidget>();
        auto* column = new QVBoxLayout(m_widget.get());
        column->addWidget(new QLabel(QStringLiteral("A written word")));
        auto* plot = new PlotView;
        auto* line = plot->addLine(LineRole::Main);
        for (int i = 0; i < 50; ++i)
            line->addData(i, 50 - i);
        plot->showAll();
        column->addWidget(plot);
        m_widget->resize(300, 240);
        m_widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
    }

    void pngIsTwiceTheSizeOnScreenAndNotBlank() {
        const QString file = m_folder.filePath(QStringLiteral("a.png"));
        ASSAY_VERIFY_RESULT(saveWidgetPicture(m_widget.get(), file));
        const QImage image(file);
        QCOMPARE(image.size(), QSize(600, 480));
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3)
                colours.insert(image.pixel(x, y));
        QVERIFY(colours.size() > 3);
        QVERIFY(colours.contains(tokens().accent.rgb())); // the line itself
    }

    void svgKeepsTextAsTextAndPlotsAsLines() {
        const QString file = m_folder.filePath(QStringLiteral("a.svg"));
        ASSAY_VERIFY_RESULT(saveWidgetPicture(m_widget.get(), file));
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray text = svg.readAll();
        QVERIFY(text.contains("A written word"));
        QVERIFY(text.contains("<polyline") || text.contains("<path"));
        QVERIFY(text.contains("</svg>"));
    }

    void aPlotAloneIsSavedToo() {
        const QString file = m_folder.filePath(QStringLiteral("plot.svg"));
        ASSAY_VERIFY_RESULT(saveWidgetPicture(m_widget->findChild<PlotView*>(), file));
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray text = svg.readAll();
        QVERIFY(text.contains("<polyline") || text.contains("<path"));
        QVERIFY(!text.contains("<image"));
    }

    void whatCannotBeWrittenSaysWhy() {
        const auto format
            = saveWidgetPicture(m_widget.get(), m_folder.filePath(QStringLiteral("a.gif")));
        QVERIFY(!format);
        QCOMPARE(format.error().code, std::string("export.picture_format"));
        const auto place
            = saveWidgetPicture(m_widget.get(), m_folder.filePath(QStringLiteral("no/a.png")));
        QVERIFY(!place);
        QVERIFY(QString::fromStdString(place.error().code).startsWith(QStringLiteral("file.")));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_widget;
};

ASSAY_WINDOW_TEST_MAIN(TestExportView)
#include "test_export_view.moc"
