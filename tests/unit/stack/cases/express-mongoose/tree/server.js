const express = require('express');
const mongoose = require('mongoose');

mongoose.connect(process.env.MONGO_URI || 'mongodb://admin:admin@localhost:27017/shop');
