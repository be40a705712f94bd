#include "core/store/findings.h"
#include "tests/core/store/store_fixture.h"
#include "tests/ui/window_test.h"
#include "ui/common/card.h"
#include "ui/common/sample_view/finding_chips.h"
#include "ui/common/sample_view/sample_view.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/data/column_picker.h"
#include "ui/panels/data/data_panel.h"
#include "ui/panels/data/data_table.h"
#include "ui/panels/data/data_table_model.h"
#include "ui/panels/data/export_dialog.h"
#include "ui/panels/data/filter_bar.h"
#include "ui/panels/data/import_dialog.h"
#include "ui/panels/data/names_dialog.h"
#include "ui/panels/data/overview_page.h"
#include "ui/panels/data/sample_pane.h"
#include "ui/service/engine_models.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>

using namespace assay;
using namespace assay::test;

/// The data panel on a real project, without a window around it.
class TestDataPanel : public QObject {
    Q_OBJECT

private:
    struct Bench {
        Place place;
        std::unique_ptr<Settings> settings;
        SelectionContext selection;
        ProjectAccess project;
        EngineSession engine;
        EngineModels models{&engine};
        JobWatcher jobs;
        std::unique_ptr<DataPanel> panel;
        QString folder;

        Services services() {
            return {&selection, &project, &engine, &models, &jobs, settings.get()};
        }
    };

    void start(std::vector<Sample> samples) {
        m_bench = std::make_unique<Bench>();
        Bench& b = *m_bench;
        b.settings = std::make_unique<Settings>(toQString(b.place / "window.ini"));
        auto project = Project::create(b.place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        if (!samples.empty())
            ASSAY_VERIFY_RESULT(addSamples(*project, std::move(samples)));
        b.panel = std::make_unique<DataPanel>(b.services());
        b.panel->resize(1300, 800);
        b.panel->show();
        bool opened = false;
        b.project.open(
            toQString(b.place / "p.assay"), this, [&](Result<ProjectAccess::Opened> result) {
                opened = result.has_value();
                if (opened)
                    b.selection.setProject(result->folder);
            });
        QTRY_VERIFY(opened);
        QTRY_VERIFY(b.panel->isSettled());
    }

    static std::vector<Sample> threeHundred() {
        std::vector<Sample> samples;
        for (int i = 0; i < 300; ++i)
            samples.push_back(makeSample("question number " + std::to_string(i),
                "The answer is number " + std::to_string(i) + ", and that is all of it.",
                i % 3 == 0 ? "three" : "rest"));
        return samples;
    }

    DataTable* table() const { return m_bench->panel->table(); }
    QString cell(int row, int column) const {
        return table()->model()->index(row, column).data().toString();
    }

    /// Presses the first button of the question that a bulk action asks.
    void answerQuestion(const QString& text) {
        QMessageBox* box = nullptr;
        QTRY_VERIFY(
            (box = table()->findChild<QMessageBox*>(QStringLiteral("bulkQuestion"))) != nullptr);
        QCOMPARE(box->text(), text);
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                return button->click();
        QFAIL("no button to go on");
    }

    std::unique_ptr<Bench> m_bench;

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }
    void cleanup() { m_bench.reset(); }

    void tableShowsTheSamplesAndFollowsTheSelection() {
        start(threeHundred());
        const QAbstractItemModelTester tester(
            table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(table()->model()->rowCount(), 300);
        QTRY_COMPARE(cell(0, DataTableModel::Question), QStringLiteral("question number 0"));
        QCOMPARE(cell(0, DataTableModel::Channel), QStringLiteral("three"));
        QTRY_COMPARE(m_bench->selection.sample(), std::optional<qint64>(1));
        m_bench->selection.setSample(250);
        QTRY_COMPARE(table()->view()->currentIndex().row(), 249);
        table()->view()->setCurrentIndex(table()->model()->index(10, 0));
        QTRY_COMPARE(m_bench->selection.sample(), std::optional<qint64>(11));
        QTRY_VERIFY(m_bench->panel->sample()->isSettled());
    }

    void filtersAreChipsThatCanBeTakenOut() {
        start(threeHundred());
        SampleFilter filter;
        filter.channels = {"three"};
        filter.statuses = {ReviewStatus::Pending};
        m_bench->selection.setFilter(filter);
        QTRY_COMPARE(table()->model()->rowCount(), 100);
        QCOMPARE(table()->card()->accessibleName(), QStringLiteral("100 of 300 samples"));
        QCOMPARE(table()->filterBar()->chips(),
            (QStringList{QStringLiteral("channel: three"), QStringLiteral("pending"),
                QStringLiteral("Clear all")}));
        for (auto* chip : table()->filterBar()->findChildren<QPushButton*>())
            if (chip->accessibleName() == QLatin1String("channel: three")) {
                chip->click();
                break;
            }
        QTRY_COMPARE(table()->model()->rowCount(), 300);
        table()->filterBar()->search()->setText(QString());
        QTest::keyClicks(table()->filterBar()->search(), QStringLiteral("number 17"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        table()->filterBar()->search()->clear();
        QTRY_COMPARE(table()->model()->rowCount(), 300);
        filter.channels = {"absent"};
        m_bench->selection.setFilter(filter);
        QTRY_COMPARE(
            table()->stack()->page()->title(), QStringLiteral("No sample passes this filter"));
        table()->stack()->page()->button()->click();
        QTRY_COMPARE(table()->model()->rowCount(), 300);
    }

    void ordersComeFromTheColumnHeads() {
        start(threeHundred());
        table()->setOrder(SampleOrder::ImportedReverse);
        QTRY_COMPARE(cell(0, DataTableModel::Number), QStringLiteral("300"));
        table()->setOrder(SampleOrder::Shortest);
        QTRY_COMPARE(cell(0, DataTableModel::Number), QStringLiteral("1"));
    }

    void bulkIsAskedForRecordedOnceAndUndone() {
        start(threeHundred());
        SampleFilter filter;
        filter.channels = {"three"};
        m_bench->selection.setFilter(filter);
        QTRY_COMPARE(table()->model()->rowCount(), 100);
        BulkTarget target;
        target.filter = filter;
        table()->bulk()->ask(EventKind::Accept, target, 100);
        answerQuestion(QStringLiteral("Accept 100 samples?"));
        QTRY_VERIFY(table()->bulk()->canUndo());
        QTRY_COMPARE(cell(0, DataTableModel::State), QStringLiteral("accepted"));
        QTRY_COMPARE(table()->footerText(),
            QStringLiteral("looked at 0 · in bulk 100 (not counted) · "
                           "100 samples accepted in bulk"));
        table()->bulk()->undo();
        QTRY_COMPARE(cell(0, DataTableModel::State), QStringLiteral("pending"));
        QTRY_VERIFY(table()->bulk()->canRedo());
        table()->bulk()->redo();
        QTRY_COMPARE(cell(0, DataTableModel::State), QStringLiteral("accepted"));
        auto project = Project::open(m_bench->place / "p.assay", OpenMode::ReadOnly);
        ASSAY_VERIFY_RESULT(project);
        const auto events = project->decisions().recent(10);
        QCOMPARE(events->size(), std::size_t(3));
        QCOMPARE(events->back().sampleCount, std::int64_t(100));
        QVERIFY(events->back().bulk);
    }

    void overviewCountsAndItsNumbersOpenTheirRows() {
        std::vector<Sample> samples = threeHundred();
        samples.push_back(samples[4]);
        samples.push_back(makeSample("question number 5", "Something else than the others say."));
        start(std::move(samples));
        OverviewPage* overview = m_bench->panel->overview();
        m_bench->panel->showPage(DataPanel::OverviewOf);
        QCOMPARE(overview->stack()->page()->title(), QStringLiteral("Not looked through yet"));
        overview->stack()->page()->button()->click();
        QTRY_VERIFY(overview->isSettled() && overview->shown());
        QTRY_VERIFY(overview->number(QStringLiteral("duplicate-exact")) != nullptr);
        QCOMPARE(overview->number(QStringLiteral("duplicate-exact"))->text(), QStringLiteral("2"));
        QCOMPARE(overview->number(QStringLiteral("conflict"))->text(), QStringLiteral("2"));
        QCOMPARE(overview->number(QStringLiteral("rows"))->text(), QStringLiteral("302"));
        overview->number(QStringLiteral("conflict"))->click();
        QCOMPARE(m_bench->panel->page(), DataPanel::TableOf);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QTRY_COMPARE(cell(0, DataTableModel::Number), QStringLiteral("6"));
        QTRY_COMPARE(cell(1, DataTableModel::Number), QStringLiteral("302"));
        QCOMPARE(table()->filterBar()->chips(),
            QStringList{QStringLiteral("Same question, different answers")});
    }

    void checksCanBeFilteredByAndSayBesideTheSampleWhyItIsFlagged() {
        std::vector<Sample> samples;
        samples.push_back(
            makeSample("Whom do I write to about the river?", "To anna@example.org."));
        samples.push_back(makeSample("How long is the river of the north?",
            "The longest river slowly rises in the hills and reaches the sea after a while.",
            "train"));
        samples.push_back(makeSample("And what of it?",
            "It slowly rises in the hills and reaches the sea after a while, they say.", "eval"));
        start(std::move(samples));
        OverviewPage* overview = m_bench->panel->overview();
        QTRY_COMPARE(overview->heldOut()->count(), 4); // none, and three channels
        overview->heldOut()->setCurrentIndex(
            overview->heldOut()->findText(QStringLiteral("leaks of channel “eval”")));
        QVERIFY(overview->heldOut()->currentIndex() > 0);
        overview->check();
        QTRY_VERIFY(overview->isSettled() && overview->shown());
        QCOMPARE(overview->shown()->overview.heldOutRows, std::int64_t(1));
        QTRY_VERIFY(overview->number(QStringLiteral("finding:leak")) != nullptr);
        m_bench->panel->showPage(DataPanel::TableOf);
        QTRY_VERIFY(m_bench->panel->isSettled());

        // The menu of the filter bar lists what was found.
        QMenu* menu = table()->filterBar()->filterMenu();
        QAction* mailCheck = nullptr;
        QTRY_VERIFY([&] {
            Q_EMIT menu->aboutToShow();
            mailCheck = nullptr;
            for (QAction* entry : menu->actions())
                if (entry->text() == QLatin1String("Check"))
                    for (QAction* check : entry->menu()->actions())
                        if (check->text().startsWith(QLatin1String("E-mail address")))
                            mailCheck = check;
            return mailCheck != nullptr;
        }());
        mailCheck->trigger();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTRY_COMPARE(cell(0, DataTableModel::Number), QStringLiteral("1"));
        QCOMPARE(table()->filterBar()->chips(), QStringList{QStringLiteral("E-mail address")});

        FindingChips* chips = m_bench->panel->sample()->view()->findings();
        QTRY_COMPARE(chips->chips().size(), 1);
        QCOMPARE(chips->chips().first()->objectName(), QStringLiteral("finding:pii-email"));
        std::vector<ExplainedFinding> mail;
        askFindings(&m_bench->project, 1, this,
            [&](Result<std::vector<ExplainedFinding>> explained) { mail = *explained; });
        QTRY_COMPARE(mail.size(), std::size_t(1));
        QCOMPARE(mail.front().evidence, std::string("anna@example.org"));

        // A leak stands beside what it gives away.
        SampleFilter leaks;
        leaks.findings = {"leak"};
        m_bench->selection.setFilter(leaks);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QTRY_COMPARE(cell(0, DataTableModel::Number), QStringLiteral("2"));
        QTRY_COMPARE(cell(1, DataTableModel::Number), QStringLiteral("3"));
        std::vector<ExplainedFinding> found;
        askFindings(&m_bench->project, 2, this,
            [&](Result<std::vector<ExplainedFinding>> explained) { found = *explained; });
        QTRY_VERIFY(!found.empty());
        QCOMPARE(found.back().finding.name, std::string("leak"));
        QCOMPARE(found.back().finding.others, (std::vector<std::int64_t>{3}));
        QCOMPARE(found.back().evidence,
            std::string("slowly rises in the hills and reaches the sea after a while"));
    }

    void channelsBeyondTheMenuStandInADialogWithASearch() {
        std::vector<Sample> samples;
        for (int i = 0; i < 60; ++i)
            samples.push_back(makeSample("question", "An answer of some length stands here.",
                "channel " + std::to_string(i)));
        start(std::move(samples));
        QMenu* menu = table()->filterBar()->filterMenu();
        QAction* more = nullptr;
        QTRY_VERIFY([&] {
            Q_EMIT menu->aboutToShow();
            for (QAction* entry : menu->actions())
                if (entry->text() == QLatin1String("Channel") && !entry->menu()->isEmpty())
                    more = entry->menu()->actions().last();
            return more != nullptr;
        }());
        QCOMPARE(more->text(), QStringLiteral("20 more…"));
        more->trigger();
        auto* dialog = table()->findChild<NamesDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->list()->count(), 60);
        QTest::keyClicks(dialog->search(), QStringLiteral("channel 57"));
        QListWidgetItem* found = nullptr;
        for (int i = 0; i < dialog->list()->count(); ++i)
            if (!dialog->list()->item(i)->isHidden()) {
                QVERIFY(!found);
                found = dialog->list()->item(i);
            }
        QVERIFY(found);
        found->setCheckState(Qt::Checked);
        dialog->accept();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTRY_COMPARE(cell(0, DataTableModel::Number), QStringLiteral("58"));
    }

    void anImportShowsItsRowsMapsColumnsAndReportsWhatItRejects() {
        start({});
        QCOMPARE(table()->stack()->page()->title(), QStringLiteral("No samples yet"));
        const QString file = toQString(m_bench->place / "odd.jsonl");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("{\"frage\":\"Was?\",\"lösung\":\"Das.\"}\n{\"frage\":\"Wo?\"}\n"
                  "{\"frage\":\"Wer?\",\"lösung\":\"Er.\"}\n");
        out.close();
        m_bench->panel->importFile(file);
        auto* dialog = m_bench->panel->findChild<ImportDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isSettled());
        QVERIFY(!dialog->importButton()->isEnabled());
        QVERIFY(dialog->columns()->isVisibleTo(dialog));
        dialog->columns()->choose(QStringLiteral("query"), QStringLiteral("frage"));
        dialog->columns()->choose(QStringLiteral("answer"), QStringLiteral("lösung"));
        QTRY_VERIFY(dialog->isSettled() && dialog->importButton()->isEnabled());
        QCOMPARE(dialog->preview()->item(0, 1)->text(), QStringLiteral("Was?"));
        QCOMPARE(dialog->preview()->item(0, 2)->text(), QStringLiteral("Das."));
        QVERIFY2(dialog->recognised().startsWith(QStringLiteral("Doubtful"))
                || dialog->recognised().startsWith(QStringLiteral("Likely")),
            qPrintable(dialog->recognised()));
        dialog->channel()->setText(QStringLiteral("fragen"));
        dialog->importButton()->click();
        QTRY_COMPARE(dialog->page(), ImportDialog::Report);
        QCOMPARE(dialog->outcome(), QStringLiteral("2 samples imported, 1 rows rejected"));
        QCOMPARE(dialog->report()->item(0, 0)->text(), QStringLiteral("odd.jsonl"));
        QCOMPARE(dialog->report()->item(0, 1)->text(), QStringLiteral("2"));
        const QString saved = toQString(m_bench->place / "report.txt");
        dialog->saveReport(saved);
        QTRY_VERIFY(QFile::exists(saved));
        QFile report(saved);
        QVERIFY(report.open(QIODevice::ReadOnly));
        QVERIFY(QString::fromUtf8(report.readAll()).contains(QStringLiteral("odd.jsonl:2: ")));
        dialog->accept();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QTRY_COMPARE(cell(1, DataTableModel::Channel), QStringLiteral("fragen"));
    }

    void exportWritesTheFilterOrTheTable() {
        start(threeHundred());
        SampleFilter filter;
        filter.channels = {"three"};
        m_bench->selection.setFilter(filter);
        QTRY_COMPARE(table()->model()->rowCount(), 100);
        auto* dialog = new ExportDialog(m_bench->services(), 100, SampleOrder::Imported);
        dialog->format()->setCurrentIndex(dialog->format()->findData(QStringLiteral("openai")));
        const QString file = toQString(m_bench->place / "out.jsonl");
        dialog->write(file);
        QTRY_VERIFY(!dialog->isRunning());
        QCOMPARE(dialog->outcome(), QStringLiteral("100 samples written to %1").arg(file));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), 100);
        dialog->close();
        const QString csv = toQString(m_bench->place / "table.csv");
        ASSAY_VERIFY_RESULT(m_bench->panel->exports().first().write(csv));
        QFile lines(csv);
        QVERIFY(lines.open(QIODevice::ReadOnly));
        const QList<QByteArray> all = lines.readAll().split('\n');
        QCOMPARE(all.size(), 102);
        QVERIFY(all[0].startsWith("id,uid,last_query,"));
        QVERIFY(all[1].contains("question number 0,"));
    }

    void savedViewsComeBackUnderTheirName() {
        start(threeHundred());
        SampleFilter filter;
        filter.channels = {"three"};
        DataAccess access(&m_bench->project);
        bool saved = false;
        access.saveView(QStringLiteral("thirds"), filter, this,
            [&](Result<bool> result) { saved = result.has_value(); });
        QTRY_VERIFY(saved);
        m_bench->selection.setFilter(filter);
        m_bench->project.noteChange();
        QTRY_COMPARE(table()->filterBar()->currentView(), QStringLiteral("thirds"));
        saved = false;
        access.renameView(QStringLiteral("thirds"), QStringLiteral("every third"), this,
            [&](Result<bool> result) { saved = result.has_value(); });
        QTRY_VERIFY(saved);
        m_bench->project.noteChange();
        QTRY_COMPARE(table()->filterBar()->currentView(), QStringLiteral("every third"));
    }

    void everyControlHasAName() {
        start(threeHundred());
        for (const QWidget* widget : m_bench->panel->findChildren<QWidget*>()) {
            const bool control = widget->inherits("QAbstractButton")
                || widget->inherits("QComboBox") || widget->inherits("QLineEdit")
                || widget->inherits("QAbstractItemView");
            if (!control || widget->objectName().startsWith(QLatin1String("qt_"))
                || (widget->parentWidget() && widget->parentWidget()->inherits("QAbstractSpinBox"))
                || widget->inherits("QToolButton") || widget->inherits("QHeaderView")
                || widget->inherits("QTableCornerButton")
                || !widget->isVisibleTo(m_bench->panel.get()))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                widget->metaObject()->className());
        }
    }
};

ASSAY_WINDOW_TEST_MAIN(TestDataPanel)
#include "test_data_panel.moc"
