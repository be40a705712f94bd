#include "ui/shell/window_bench.h"

#include "core/base/rng.h"
#include "ui/common/plot/curve_plot.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/service/project_access.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr int times = 9;
constexpr int pageRows = 128; ///< as a table asks for them

/// Waits for one answer of a service; the event loop runs meanwhile, as in the window.
template <class T, class Ask> Result<T> await(Ask&& ask) {
    QEventLoop loop;
    std::optional<Result<T>> answer;
    ask([&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return std::move(*answer);
}

class Bench {
public:
    explicit Bench(const QString& folder)
        : m_folder(folder) { }

    Result<Json> run() {
        if (auto lists = measureLists(); !lists)
            return forward(lists);
        for (const int tokens : {4096, 32768})
            measureStrip(tokens);
        measurePlot();
        Json table;
        table["samples"] = m_samples;
        table["rows"] = m_rows;
        return table;
    }

private:
    void note(const std::string& what, std::vector<double> ms) {
        std::ranges::sort(ms);
        Json row;
        row["what"] = what;
        row["ms"] = ms[ms.size() / 2];
        row["worst_ms"] = ms.back();
        row["times"] = ms.size();
        m_rows.push_back(row);
    }

    /// Calls `body` several times; its errors end the measurement.
    template <class Body> Result<void> measure(const std::string& what, Body&& body) {
        std::vector<double> ms;
        for (int i = 0; i < times; ++i) {
            QElapsedTimer timer;
            timer.start();
            if (Result<void> done = body(i); !done)
                return done;
            ms.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        note(what, std::move(ms));
        return {};
    }

    Result<ProjectAccess::List> list(const SampleFilter& filter) {
        return await<ProjectAccess::List>(
            [&](auto done) { m_access.list(filter, &m_access, std::move(done)); });
    }
    Result<std::vector<SampleRow>> rows(const ProjectAccess::List& list, qint64 first) {
        return await<std::vector<SampleRow>>([&](auto done) {
            m_access.rows(list.number, first, pageRows, &m_access,
                [done](std::vector<SampleRow> rows) { done(std::move(rows)); });
        });
    }
    /// Count and first page.
    Result<void> show(const SampleFilter& filter) {
        auto found = list(filter);
        if (!found)
            return forward(found);
        m_list = *found;
        auto page = rows(m_list, 0);
        if (!page)
            return forward(page);
        m_page = std::move(*page);
        return {};
    }

    Result<void> measureLists() {
        QElapsedTimer timer;
        timer.start();
        auto opened = await<ProjectAccess::Opened>(
            [&](auto done) { m_access.open(m_folder, &m_access, std::move(done)); });
        if (!opened)
            return forward(opened);
        if (Result<void> shown = show({}); !shown)
            return shown;
        note("open the project, count and first page", {double(timer.nsecsElapsed()) / 1e6});
        m_samples = m_list.count;
        if (m_page.empty())
            return fail("window.bench_empty", {{"path", m_folder.toStdString()}});
        const SampleRow some = m_page[m_page.size() / 2];

        if (auto done = measure("whole list: count and first page", [&](int) { return show({}); });
            !done)
            return done;
        timer.restart();
        if (Result<void> shown = show({}); !shown)
            return shown;
        auto place = await<qint64>([&](auto done) {
            m_access.rowOf(m_list.number, some.id, &m_access, [done](qint64 row) { done(row); });
        });
        if (!place)
            return forward(place);
        note("full order, read in the background", {double(timer.nsecsElapsed()) / 1e6});
        auto scroll = measure("scroll to the middle: a page there", [&](int i) -> Result<void> {
            auto page = rows(m_list, m_samples / 2 + qint64(i) * 1000);
            return page ? Result<void>() : forward(page);
        });
        if (!scroll)
            return scroll;
        SampleFilter filter;
        filter.channels = {some.channel};
        filter.statuses = {ReviewStatus::Pending};
        if (auto done = measure("filter by channel and status: count and first page",
                [&](int) { return show(filter); });
            !done)
            return done;
        SampleFilter words;
        words.text = QString::fromStdString(some.queryPreview)
                         .section(QLatin1Char(' '), 0, 1)
                         .toStdString();
        if (auto done = measure("search for \"" + words.text + "\": count and first page",
                [&](int) { return show(words); });
            !done)
            return done;
        auto next = measure("next sample: its text", [&](int i) -> Result<void> {
            auto sample = await<StoredSample>(
                [&](auto done) { m_access.sample(some.id + 1 + i, &m_access, std::move(done)); });
            return sample ? Result<void>() : forward(sample);
        });
        if (!next)
            return next;
        return measureDecision(some.id);
    }

    Result<void> measureDecision(qint64 sample) {
        std::vector<std::string> events;
        auto decided = measure("decision, on the disk", [&](int) -> Result<void> {
            auto event = await<Event>([&](auto done) {
                m_access.call<Event>(
                    &m_access,
                    [sample](Project& project) {
                        Decision decision;
                        decision.kind = EventKind::Accept;
                        decision.samples = {sample};
                        decision.author = "bench";
                        return project.decisions().record(decision);
                    },
                    std::move(done));
            });
            if (!event)
                return forward(event);
            events.push_back(event->uid);
            return {};
        });
        if (!decided)
            return decided;
        for (const std::string& uid : events) {
            auto undone = await<Event>([&](auto done) {
                m_access.call<Event>(
                    &m_access,
                    [uid](Project& project) { return project.decisions().undo(uid, "bench"); },
                    std::move(done));
            });
            if (!undone)
                return forward(undone);
        }
        return {};
    }

    void measureStrip(int count) {
        StripText text;
        Rng rng(11);
        const char* const words[]
            = {" the", " capital", " of", " Japan", " is", " Tokyo", ",", " and", "\n", "首", "都"};
        text.turns = {{QStringLiteral("assistant")}};
        for (int i = 0; i < count; ++i) {
            StripToken token;
            token.id = i % 2000;
            token.bytes = words[rng.below(std::size(words))];
            token.answer = true;
            token.scored = i > 0;
            token.logprob = -double(rng.below(1000)) / 100.0;
            token.entropy = double(rng.below(600)) / 100.0;
            token.rank = 1 + int(rng.below(50));
            text.tokens.push_back(std::move(token));
        }
        TokenStrip strip;
        strip.resize(1000, 760);
        strip.show();
        const std::string name = std::to_string(count) + " tokens";
        (void)measure("token strip, " + name + ": laid out and drawn", [&](int) -> Result<void> {
            strip.setText(text);
            (void)strip.grab();
            return {};
        });
        QScrollBar* bar = strip.verticalScrollBar();
        (void)measure("token strip, " + name + ": scrolled by half", [&](int i) -> Result<void> {
            bar->setValue(i % 2 == 0 ? bar->maximum() / 2 : 0);
            (void)strip.viewport()->grab();
            return {};
        });
    }

    void measurePlot() {
        auto log = std::make_shared<RunLog>();
        constexpr int points = 1'000'000;
        Rng rng(5);
        for (int i = 0; i < points; ++i) {
            log->addRow({double(i), double(i) / points, double(i) * 512, double(i) / 10});
            log->add(
                curve::loss, 8.0 / std::sqrt(1.0 + i * 1e-3) + double(rng.below(1000)) / 2000.0);
        }
        CurvePlot plot;
        plot.resize(1000, 600);
        plot.show();
        const auto wait = [&plot] {
            QEventLoop loop;
            QTimer look;
            QObject::connect(&look, &QTimer::timeout, &loop, [&] {
                if (plot.isSettled())
                    loop.quit();
            });
            look.start(1);
            loop.exec();
        };
        QElapsedTimer timer;
        timer.start();
        PlotCurve line;
        line.label = QStringLiteral("loss");
        line.log = log;
        line.curve = curve::loss;
        plot.setCurves({line});
        wait();
        note("curve of 1,000,000 points: first drawing, on a thread",
            {double(timer.nsecsElapsed()) / 1e6});
        (void)measure("curve of 1,000,000 points: zoomed and drawn", [&](int i) -> Result<void> {
            plot.zoomTo(i * 20'000.0, 500'000.0 + i * 40'000.0);
            wait();
            (void)plot.grab();
            return {};
        });
        (void)measure("curve of 1,000,000 points: painted again", [&](int) -> Result<void> {
            plot.replot(QCustomPlot::rpImmediateRefresh);
            return {};
        });
    }

    QString m_folder;
    ProjectAccess m_access;
    ProjectAccess::List m_list;
    std::vector<SampleRow> m_page;
    qint64 m_samples = 0;
    Json m_rows = Json::array();
};

} // namespace

Result<Json> benchWindow(const QString& project) {
    return Bench(project).run();
}

} // namespace assay
