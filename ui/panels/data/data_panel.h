#pragma once

#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/service/background_work.h"
#include "ui/service/data_access.h"

class QSplitter;
class QStackedWidget;

namespace assay {

class DataTable;
class OverviewPage;
class SamplePane;
class SegmentedSwitch;

/// All samples of the project: what they are like, which they are, and each one's text.
class DataPanel final : public Panel {
    Q_OBJECT

public:
    explicit DataPanel(const Services& services, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("data"); }
    QString title() const override { return tr("Data"); }
    Group group() const override { return Group::Data; }
    QString icon() const override { return QStringLiteral("data"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QString help() const override;
    QString selectionHelp() const override;
    QList<PanelExport> exports() override;

    /// Opens the import dialog on a file, as when it was dropped on the window.
    void openPath(const QString& path) override { importFile(path); }
    void importFile(const QString& file);
    void importFiles(const QStringList& files);

    enum Page { OverviewOf, TableOf };
    void showPage(Page page);
    Page page() const;
    OverviewPage* overview() const { return m_overview; }
    DataTable* table() const { return m_table; }
    SamplePane* sample() const { return m_sample; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions();
    SegmentedSwitch* makeSwitch();
    void chooseFiles();
    void chooseRun();
    void takeInLossesOf(const QString& jobFolder);
    void exportSamples();

    Services m_services;
    DataAccess m_access;
    DataTable* m_table;
    SamplePane* m_sample;
    BackgroundWork m_losses;
    OverviewPage* m_overview;
    QSplitter* m_splitter;
    QStackedWidget* m_pages;
    QList<SegmentedSwitch*> m_switches;
};

} // namespace assay
