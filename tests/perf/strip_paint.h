#pragma once

#include "ui/common/token_strip/token_strip.h"

#include <QElapsedTimer>
#include <QImage>
#include <QScrollBar>

#include <algorithm>
#include <vector>

namespace assay::test {

/// Words, code and Chinese of one byte a token, as a long answer has them.
inline StripText stripBenchText(int tokens) {
    static const char* const pieces[] = {" the", " capital", "\n", "    ", "return", " x", ";",
        "\xe4", "\xb8", "\xad", "\xe5\x9b\xbd", " of", " Japan", ",", " and", " more"};
    StripText text;
    text.turns = {{QString()}};
    for (int i = 0; i < tokens; ++i) {
        StripToken token;
        token.id = i;
        token.bytes = pieces[i % 16];
        token.answer = true;
        token.scored = i > 0;
        token.logprob = -double(i * 37 % 100) / 10;
        token.rank = 1 + i % 120;
        token.entropy = double(i % 40) / 10;
        token.varentropy = 0.5;
        for (int k = 0; k < 20; ++k)
            token.top.push_back({k, QString(), -0.5 * k});
        text.tokens.push_back(std::move(token));
        if (i % 50 == 0)
            text.flags.push_back({i, StripFlag::Kind::Suspect, QString()});
    }
    return text;
}

/// Milliseconds from a new text of so many tokens to its first picture: taking it in, laying it
/// out, painting text and overview at 900 x 600. Median of five.
inline double stripPaintMs(int tokens) {
    const StripText text = stripBenchText(tokens);
    TokenStrip strip;
    strip.resize(900, 600);
    strip.ensurePolished();
    QImage image(strip.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int run = 0; run < 5; ++run) {
        StripText copy = text;
        QElapsedTimer timer;
        timer.start();
        strip.setText(std::move(copy));
        strip.render(&image);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    return times[2];
}

/// Milliseconds a frame while scrolling through so many tokens: the 95th percentile of 200 steps.
inline double stripScrollMs(int tokens) {
    TokenStrip strip;
    strip.resize(900, 600);
    strip.ensurePolished();
    strip.setText(stripBenchText(tokens));
    QImage image(strip.size(), QImage::Format_ARGB32_Premultiplied);
    strip.render(&image);
    std::vector<double> times;
    QScrollBar* bar = strip.verticalScrollBar();
    for (int step = 0; step < 200; ++step) {
        QElapsedTimer timer;
        timer.start();
        bar->setValue(int(double(bar->maximum()) * step / 199));
        strip.render(&image);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    return times[189];
}

} // namespace assay::test
