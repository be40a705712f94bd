<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Compare</name>
    <message>
        <source>first divergence</source>
        <translation>首次分歧</translation>
    </message>
    <message>
        <source>first choices differ</source>
        <translation>首选不同</translation>
    </message>
    <message>
        <source>onset R1</source>
        <translation>错误起点 R1</translation>
    </message>
    <message>
        <source>, gap %1</source>
        <translation>，差距 %1</translation>
    </message>
    <message>
        <source>onset R0</source>
        <translation>错误起点 R0</translation>
    </message>
</context>
<context>
    <name>assay::BatchCard</name>
    <message>
        <source>Over a whole view</source>
        <translation>整个视图</translation>
    </message>
    <message>
        <source>given answer</source>
        <translation>已有答案</translation>
    </message>
    <message>
        <source>Both models read the answer that the sample holds</source>
        <translation>两个模型都读样本自带的答案</translation>
    </message>
    <message>
        <source>tuned&apos;s own</source>
        <translation>微调模型自答</translation>
    </message>
    <message>
        <source>Both read what the tuned model answers greedily</source>
        <translation>两者都读微调模型贪心生成的答案</translation>
    </message>
    <message>
        <source>base&apos;s own</source>
        <translation>基座模型自答</translation>
    </message>
    <message>
        <source>Both read what the base model answers greedily</source>
        <translation>两者都读基座模型贪心生成的答案</translation>
    </message>
    <message>
        <source>Compare all</source>
        <translation>全部比较</translation>
    </message>
    <message>
        <source>Results of the comparison, one sample a row</source>
        <translation>比较结果，每行一个样本</translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s)</source>
        <translation>
            <numerusform>%n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>%1 of %2 compared</source>
        <translation>已比较 %1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>The view could not be compared</source>
        <translation>无法比较该视图</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Comparing the view</source>
        <translation>正在比较该视图</translation>
    </message>
    <message>
        <source>Two models are needed</source>
        <translation>需要两个模型</translation>
    </message>
    <message>
        <source>Choose a base and a tuned model above; every sample of the view can then be compared.</source>
        <translation>请在上方选择一个基座模型和一个微调模型，之后即可比较视图中的每个样本。</translation>
    </message>
    <message>
        <source>Every sample of the view under both models</source>
        <translation>视图中的每个样本在两个模型下</translation>
    </message>
    <message>
        <source>Runs in the background, after everything you ask for; stopping keeps what is done. Each row then opens above.</source>
        <translation>在后台运行，让位于您的其他请求；停止后已完成的部分会保留。每一行都可在上方打开。</translation>
    </message>
    <message>
        <source>Table of the view</source>
        <translation>视图的表格</translation>
    </message>
</context>
<context>
    <name>assay::BatchModel</name>
    <message>
        <source>sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>mean JS</source>
        <translation>平均 JS</translation>
    </message>
    <message>
        <source>Jensen-Shannon divergence, nats, mean over the answer&apos;s tokens</source>
        <translation>Jensen-Shannon 散度（nat），对答案的词元取平均</translation>
    </message>
    <message>
        <source>max JS</source>
        <translation>最大 JS</translation>
    </message>
    <message>
        <source>The largest Jensen-Shannon divergence, nats</source>
        <translation>最大的 Jensen-Shannon 散度（nat）</translation>
    </message>
    <message>
        <source>KL t‖b</source>
        <translation>KL 微‖基</translation>
    </message>
    <message>
        <source>KL divergence of tuned from base, nats, mean over the answer&apos;s tokens</source>
        <translation>微调相对基座的 KL 散度（nat），对答案的词元取平均</translation>
    </message>
    <message>
        <source>KL b‖t</source>
        <translation>KL 基‖微</translation>
    </message>
    <message>
        <source>KL divergence of base from tuned, nats, mean over the answer&apos;s tokens</source>
        <translation>基座相对微调的 KL 散度（nat），对答案的词元取平均</translation>
    </message>
    <message>
        <source>other</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>Tokens where the two models&apos; first choices differ</source>
        <translation>两个模型首选不同的词元数</translation>
    </message>
    <message>
        <source>marginal %</source>
        <translation>临界 %</translation>
    </message>
    <message>
        <source>Share of tokens of base rank 2 or 3 (URIAL)</source>
        <translation>基座排名为 2 或 3 的词元占比（URIAL）</translation>
    </message>
    <message>
        <source>shifted %</source>
        <translation>偏移 %</translation>
    </message>
    <message>
        <source>Share of tokens of base rank above 3 (URIAL)</source>
        <translation>基座排名大于 3 的词元占比（URIAL）</translation>
    </message>
    <message>
        <source>diverges</source>
        <translation>分歧处</translation>
    </message>
    <message>
        <source>First token where the first choices differ</source>
        <translation>首选不同的第一个词元</translation>
    </message>
    <message>
        <source>Δ log p</source>
        <translation>Δ log p</translation>
    </message>
    <message>
        <source>Log-probability of the answer under tuned minus under base, nats</source>
        <translation>答案在微调模型下减去基座模型下的对数概率（nat）</translation>
    </message>
    <message>
        <source>onset</source>
        <translation>错误起点</translation>
    </message>
    <message>
        <source>Where the tuned model leaves the reference: R1 on the reference itself, R0 on an answer of its own</source>
        <translation>微调模型偏离参考答案之处：对参考答案本身用 R1，对其自答用 R0</translation>
    </message>
</context>
<context>
    <name>assay::CellCard</name>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>What both models would rather have said</source>
        <translation>两个模型更想说的内容</translation>
    </message>
    <message>
        <source>Continue from here</source>
        <translation>从此处续写</translation>
    </message>
    <message>
        <source>Both models go on by themselves from before this token</source>
        <translation>两个模型各自从该词元之前续写</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>surprisal</source>
        <translation>意外度</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>No token chosen</source>
        <translation>未选择词元</translation>
    </message>
    <message>
        <source>Rest on a token, click it, or walk with the arrow keys: what both models thought of it appears here, side by side.</source>
        <translation>将指针停在词元上、单击它或用方向键移动：两个模型对它的判断会并排显示在这里。</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>词元 %1</translation>
    </message>
    <message>
        <source>The first token has no score</source>
        <translation>第一个词元没有分数</translation>
    </message>
    <message>
        <source>Nothing stands before it from which it could be predicted.</source>
        <translation>它之前没有可用于预测的内容。</translation>
    </message>
    <message>
        <source>unshifted (base rank 1)</source>
        <translation>未偏移（基座排名 1）</translation>
    </message>
    <message>
        <source>marginal (base rank 2–3)</source>
        <translation>临界（基座排名 2–3）</translation>
    </message>
    <message>
        <source>shifted (base rank &gt; 3)</source>
        <translation>偏移（基座排名 &gt; 3）</translation>
    </message>
    <message>
        <source>Δ %1 nats</source>
        <translation>Δ %1 nat</translation>
    </message>
    <message>
        <source>JS %1 · KL tuned‖base %2 · KL base‖tuned %3</source>
        <translation>JS %1 · KL 微调‖基座 %2 · KL 基座‖微调 %3</translation>
    </message>
    <message>
        <source>sums over %1 and %2 tokens: the tokenizers differ, so there is no KL</source>
        <translation>分别为 %1 和 %2 个词元之和：分词器不同，因此没有 KL</translation>
    </message>
    <message>
        <source>the first choices differ</source>
        <translation>首选不同</translation>
    </message>
</context>
<context>
    <name>assay::ComparePanel</name>
    <message>
        <source>sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>Reading the sample</source>
        <translation>正在读取样本</translation>
    </message>
    <message>
        <source>No sample chosen</source>
        <translation>未选择样本</translation>
    </message>
    <message>
        <source>Choose one in another panel or in the table below, or type a text: it appears here as both models see it.</source>
        <translation>请在其他面板或下方表格中选择一个样本，或输入文本：它会以两个模型所见的样子显示在这里。</translation>
    </message>
    <message>
        <source>Two models are needed</source>
        <translation>需要两个模型</translation>
    </message>
    <message>
        <source>A base model and one that was tuned from it, or any two: the same text is then set under both, token under token.</source>
        <translation>一个基座模型和一个由它微调而来的模型，或任意两个：同一文本会在两者下逐词元对齐显示。</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>打开模型文件夹…</translation>
    </message>
    <message>
        <source>No text yet</source>
        <translation>还没有文本</translation>
    </message>
    <message>
        <source>This sample holds no answer</source>
        <translation>该样本没有答案</translation>
    </message>
    <message>
        <source>Type an answer, and what stands before it, then press Compare.</source>
        <translation>输入答案及其前面的内容，然后按“比较”。</translation>
    </message>
    <message>
        <source>Compare what the tuned model answers by itself instead.</source>
        <translation>可改为比较微调模型自己的答案。</translation>
    </message>
    <message>
        <source>Use the tuned model&apos;s answer</source>
        <translation>使用微调模型的答案</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 正在答案</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>ended by itself</source>
        <translation>自行结束</translation>
    </message>
    <message>
        <source>ended at a stop string</source>
        <translation>在停止串处结束</translation>
    </message>
    <message numerus="yes">
        <source>cut at %n token(s)</source>
        <translation>
            <numerusform>在 %n 个词元处截断</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the text under both models</source>
        <translation>两个模型正在读取文本</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) so far</source>
        <translation>
            <numerusform>目前 %n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message numerus="yes">
        <source>shifted %1 of %n token(s) (%2 %), marginal %3</source>
        <translation>
            <numerusform>%n 个词元中偏移 %1 个（%2 %），临界 %3 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) of tokens that cover the same bytes</source>
        <translation>
            <numerusform>%n 组覆盖相同字节的词元</numerusform>
        </translation>
    </message>
    <message>
        <source>first choices differ at %1</source>
        <translation>首选不同 %1 处</translation>
    </message>
    <message>
        <source>mean JS %1, KL tuned‖base %2, KL base‖tuned %3 nats</source>
        <translation>平均 JS %1，KL 微调‖基座 %2，KL 基座‖微调 %3 nat</translation>
    </message>
    <message>
        <source>Δ log p of the answer %1 nats</source>
        <translation>答案的 Δ log p %1 nat</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) at the end do not fit the context</source>
        <translation>
            <numerusform>末尾 %n 字节超出上下文</numerusform>
        </translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>Restart the engine</source>
        <translation>重启引擎</translation>
    </message>
    <message>
        <source>The tuned model has no chat template</source>
        <translation>微调模型没有对话模板</translation>
    </message>
    <message>
        <source>A conversation becomes text through a template. The plain template writes the turns one after the other, for both models.</source>
        <translation>对话要通过模板变成文本。plain 模板为两个模型依次写出各轮对话。</translation>
    </message>
    <message>
        <source>Use the plain template</source>
        <translation>使用纯文本模板</translation>
    </message>
    <message>
        <source>This text cannot be compared</source>
        <translation>无法比较该文本</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The text was not compared.</source>
        <translation>文本未被比较。</translation>
    </message>
    <message>
        <source>Compare it</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Score view</source>
        <translation>对照视图</translation>
    </message>
    <message>
        <source>Tokens under both models</source>
        <translation>两个模型下的词元</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Sample %1 under two models</source>
        <translation>两个模型下的样本 %1</translation>
    </message>
    <message>
        <source>A text under two models</source>
        <translation>两个模型下的文本</translation>
    </message>
    <message>
        <source>**Compare** sets one text under two models, like a score: the base model&apos;s strip above, the tuned model&apos;s below, wrapped at the same byte, and between them how far the two distributions lie apart at each token.

The violet fill is surprisal under each model. Bars are Jensen-Shannon divergence (0 to 0.69 nats), KL divergence, the shift of the token&apos;s rank, or the difference of its log-probability. A tick above and below a bar says that the models&apos; first choices differ there. Underlines are URIAL bands (arXiv 2312.01552): dashed where the base model has the token at rank 2 or 3, double where lower.

**First divergence** is the first token where the first choices differ; on a model&apos;s own answer that is where the two free answers part. **Onset** needs a reference: R1 is the first token of the reference that the tuned model would not say, R0 the first byte where its answer differs.

Press Enter at a token: both models go on from before it. Below, the same numbers for every sample of the view.</source>
        <translation>**比较**把同一文本像乐谱一样放在两个模型之下：上面是基座模型，下面是微调模型，在同一字节处换行；中间是两个分布在每个词元处的差异。

紫色填充是各模型下的意外度。柱形是 Jensen-Shannon 散度（0 到 0.69 nat）、KL 散度、词元排名的变化或对数概率之差。柱形上下的短线表示两个模型的首选不同。下划线是 URIAL 分段（arXiv 2312.01552）：虚线表示该词元在基座模型下排名 2 或 3，双线表示更低。

**首次分歧**是首选不同的第一个词元；对模型自己的答案而言，就是两个自由答案分开之处。**错误起点**需要参考答案：R1 是参考答案中微调模型不会说的第一个词元，R0 是其答案中第一个不同的字节。

在词元上按 Enter：两个模型都从它之前续写。下方是视图中每个样本的同样数值。</translation>
    </message>
    <message>
        <source>Same text under two models</source>
        <translation>两个模型下的同一文本</translation>
    </message>
    <message>
        <source>sample&apos;s answer</source>
        <translation>样本答案</translation>
    </message>
    <message>
        <source>The answer that the sample holds</source>
        <translation>样本自带的答案</translation>
    </message>
    <message>
        <source>tuned answer</source>
        <translation>微调答案</translation>
    </message>
    <message>
        <source>What the tuned model answers by itself, greedily</source>
        <translation>微调模型贪心生成的答案</translation>
    </message>
    <message>
        <source>base answer</source>
        <translation>基座答案</translation>
    </message>
    <message>
        <source>What the base model answers by itself, greedily</source>
        <translation>基座模型贪心生成的答案</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>A prompt and an answer of your own</source>
        <translation>您自己的提示和答案</translation>
    </message>
    <message>
        <source>JS</source>
        <translation>JS</translation>
    </message>
    <message>
        <source>Jensen-Shannon divergence of the two distributions, nats</source>
        <translation>两个分布的 Jensen-Shannon 散度（nat）</translation>
    </message>
    <message>
        <source>KL tuned‖base</source>
        <translation>KL 微调‖基座</translation>
    </message>
    <message>
        <source>KL divergence of tuned from base, nats</source>
        <translation>微调相对基座的 KL 散度（nat）</translation>
    </message>
    <message>
        <source>rank shift</source>
        <translation>排名变化</translation>
    </message>
    <message>
        <source>log2 of base rank over tuned rank: up where tuning raised the token</source>
        <translation>基座排名与微调排名之比的 log2：向上表示微调提高了该词元</translation>
    </message>
    <message>
        <source>Δ log p</source>
        <translation>Δ log p</translation>
    </message>
    <message>
        <source>Log-probability under tuned minus under base, nats</source>
        <translation>微调下减去基座下的对数概率（nat）</translation>
    </message>
    <message>
        <source>Only what changed</source>
        <translation>仅看变化</translation>
    </message>
    <message>
        <source>Folds runs of tokens with the same first choice whose distributions lie closer than JS %1 (with different tokenizers: Δ %2 nats)</source>
        <translation>折叠首选相同且分布差异小于 JS %1 的连续词元（分词器不同时：Δ %2 nat）</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>divergence</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>onset</source>
        <translation>错误起点</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>continue</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Prompt: what both models are asked</source>
        <translation>提示：向两个模型提出的内容</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Answer: what both models are made to read</source>
        <translation>答案：让两个模型读的内容</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>First divergence</source>
        <translation>首次分歧</translation>
    </message>
    <message>
        <source>Error onset</source>
        <translation>错误起点</translation>
    </message>
    <message>
        <source>Next measure of difference</source>
        <translation>下一种差异度量</translation>
    </message>
    <message>
        <source>Continue from the chosen token</source>
        <translation>从所选词元续写</translation>
    </message>
    <message>
        <source>Show the token in Inspect</source>
        <translation>在“检视”中显示该词元</translation>
    </message>
    <message>
        <source>Compare the sample&apos;s answer</source>
        <translation>比较样本的答案</translation>
    </message>
    <message>
        <source>Compare the tuned model&apos;s answer</source>
        <translation>比较微调模型的答案</translation>
    </message>
    <message>
        <source>Compare the base model&apos;s answer</source>
        <translation>比较基座模型的答案</translation>
    </message>
    <message>
        <source>Compare a typed text</source>
        <translation>比较输入的文本</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>nothing stands before it</source>
        <translation>它之前没有内容</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>ends here</source>
        <translation>在此结束</translation>
    </message>
    <message>
        <source>%1 at token %2</source>
        <translation>%1 位于词元 %2</translation>
    </message>
</context>
<context>
    <name>assay::Continuations</name>
    <message>
        <source>Base continues</source>
        <translation>基座模型续写</translation>
    </message>
    <message>
        <source>Tuned continues</source>
        <translation>微调模型续写</translation>
    </message>
    <message>
        <source>The base model&apos;s own continuation</source>
        <translation>基座模型自己的续写</translation>
    </message>
    <message>
        <source>The tuned model&apos;s own continuation</source>
        <translation>微调模型自己的续写</translation>
    </message>
    <message>
        <source>Choose a token and press Enter: this model goes on from before it.</source>
        <translation>选择一个词元并按 Enter：该模型会从它之前续写。</translation>
    </message>
    <message>
        <source>from token %1</source>
        <translation>自词元 %1</translation>
    </message>
    <message>
        <source>from token %1 · %2</source>
        <translation>自词元 %1 · %2</translation>
    </message>
</context>
<context>
    <name>assay::PairAlternatives</name>
    <message>
        <source>%1 · log-probability %2</source>
        <translation>%1 · 对数概率 %2</translation>
    </message>
    <message>
        <source>%1 %2, rank %3</source>
        <translation>%1 %2，排名 %3</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基座</translation>
    </message>
</context>
<context>
    <name>assay::RolePicker</name>
    <message>
        <source>Base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>Tuned model</source>
        <translation>微调模型</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对照模型</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>打开模型文件夹…</translation>
    </message>
    <message>
        <source>Choose a base</source>
        <translation>选择基座模型</translation>
    </message>
    <message>
        <source>Choose a tuned one</source>
        <translation>选择微调模型</translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 第 %2 步</translation>
    </message>
</context>
</TS>
